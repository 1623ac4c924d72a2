from tests.factories.programme_fixtures import made, programme_template

__all__ = ["made", "programme_template"]
