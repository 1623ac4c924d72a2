"""How records are drawn: values in, geometry and words out; templates only print it.

`plan_data.Plan` is what a plan's pictures are made from. `plan.plan_picture` lays it out as a picture,
`plan_listing.plan_listing` as timeline and table, `glance.glance_wide` and `glance.glance_upright` without titles;
`components/pictures/plan.html` and `glance.html` print them. `timetable.timetable`, `balance.balance` draw sessions.
`measure` knows how wide words are; `shapes` are what a picture is made of.
"""
