from tests.factories.invitation_fixtures import room_app, room_template

__all__ = ["room_app", "room_template"]
