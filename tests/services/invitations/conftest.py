from tests.factories.invitation_fixtures import room, room_app, room_template

__all__ = ["room", "room_app", "room_template"]
