"""The settings: what each variable means, its default, and what a wrong one is told."""

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import config
from config import Settings, SettingsError, load
from planner.core import paths
from planner.rules.mail_addresses import Address

KEY = "k" * 48
HOSTS = "planner.example.org,.example.net"
ANYWHERE = "0.0.0.0"  # noqa: S104 - a setting to read, nothing is bound
FAULTS = [
    "PLANNER_BASE_URL: must be scheme and host only, such as https://planner.example.org",
    "HOST: must be a host name or an address, such as 127.0.0.1, 0.0.0.0 or ::1",
    "PLANNER_DATABASE_URL: must be sqlite:////path/to/file.db or postgresql://user:password@host:5432/database",
    "PLANNER_REDIS_URL: must be an address that begins with redis:// or rediss:// or unix://",
    "PLANNER_FILES_URL: must be an address that begins with file:// or s3://",
    "PLANNER_MAIL_URL: must be an address that begins with smtp:// or smtps://",
    "PLANNER_MAIL_FROM: must be an address, such as Secretariat <planner@example.org>",
    "PLANNER_REPLIES_TO: must be an address, such as planner+{code}@example.org, with {code} once, before the @",
    "PLANNER_REPLIES_URL: must be an address that begins with imap:// or imaps:// or file://",
    "PLANNER_DEMO_PASSWORD: must have at least 8 characters",
    f"PLANNER_TRUSTED_HOSTS: must be a list of host names with commas between, such as {HOSTS}",
    "PLANNER_PROXY_COUNT: must be a whole number from 0 to 10",
    "PLANNER_SECURE_COOKIES: must be true or false",
    "PLANNER_THREADS: must be a whole number from 1 to 64",
    "PORT: must be a whole number from 0 to 65535",
    "PLANNER_LOG_LEVEL: must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL",
]


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def settings(instance: Path, **variables: str) -> Settings:
    return load({"PLANNER_INSTANCE": str(instance), "PLANNER_SECRET_KEY": KEY, **variables})


def problems(instance: Path, **variables: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        settings(instance, **variables)
    return caught.value.problems


def test_nothing_need_be_set(instance: Path) -> None:
    assert settings(instance) == Settings(
        instance=instance,
        database_url=f"sqlite:///{instance}/planner.db",
        secret_key=KEY,
        files_url=f"file://{instance}/files",
        redis_url=None,
        mail_url=None,
        mail_from=Address("planner@localhost"),
        replies_to=None,
        replies_url=None,
        demo_password=None,
        base_url=None,
        trusted_hosts=("localhost", "127.0.0.1", "[::1]"),
        proxy_count=0,
        secure_cookies=False,
        threads=8,
        processes=1,
        host="127.0.0.1",
        port=8000,
        log_level="INFO",
    )


def test_every_variable_is_read(instance: Path) -> None:
    assert settings(
        instance,
        PLANNER_DATABASE_URL="postgresql://me:pw@db.example:5433/planner",
        PLANNER_REDIS_URL="rediss://cache.example/1",
        PLANNER_FILES_URL="s3://bucket/prefix",
        PLANNER_MAIL_URL="smtps://me:pw@mail.example:465",
        PLANNER_MAIL_FROM="The Secretariat <Planner@example.org>",
        PLANNER_REPLIES_TO="planner+{code}@example.org",
        PLANNER_REPLIES_URL="imaps://me:pw@mail.example/INBOX",
        PLANNER_DEMO_PASSWORD="correct horse",
        PLANNER_BASE_URL="https://planner.example.org/",
        PLANNER_TRUSTED_HOSTS="Planner.example.net, .inside.example:8443",
        PLANNER_PROXY_COUNT="2",
        PLANNER_THREADS="16",
        PLANNER_PROCESSES="2",
        HOST=ANYWHERE,
        PORT="80",
        PLANNER_LOG_LEVEL="debug",
    ) == Settings(
        instance=instance,
        database_url="postgresql+psycopg://me:pw@db.example:5433/planner",
        secret_key=KEY,
        redis_url="rediss://cache.example/1",
        files_url="s3://bucket/prefix",
        mail_url="smtps://me:pw@mail.example:465",
        mail_from=Address("planner@example.org", "The Secretariat"),
        replies_to="planner+{code}@example.org",
        replies_url="imaps://me:pw@mail.example/INBOX",
        demo_password="correct horse",
        base_url="https://planner.example.org",
        trusted_hosts=("planner.example.net", ".inside.example", "planner.example.org"),
        proxy_count=2,
        secure_cookies=True,
        threads=16,
        processes=2,
        host=ANYWHERE,
        port=80,
        log_level="DEBUG",
    )


def test_mail_that_leaves_the_machine_needs_a_sender(instance: Path) -> None:
    assert problems(instance, PLANNER_MAIL_URL="smtp://mail.example") == [
        "PLANNER_MAIL_URL: asks for PLANNER_MAIL_FROM too: an address, such as Secretariat <planner@example.org>"
    ]
    assert settings(instance, PLANNER_BASE_URL="https://p.example:8443").mail_from == Address("planner@p.example")


@pytest.mark.parametrize(
    "text",
    ["a@b\r\nBcc: c@d", "a@b, c@d", "two words@example.org", "ä@example.org", f"{'a' * 65}@example.org", "<>", "a@b@c"],
)
def test_a_sender_is_one_plain_address(instance: Path, text: str) -> None:
    (problem,) = problems(instance, PLANNER_MAIL_FROM=text)
    assert problem.startswith("PLANNER_MAIL_FROM: must be")


def test_an_empty_variable_is_as_good_as_none(instance: Path) -> None:
    names = ("PLANNER_DATABASE_URL", "PLANNER_REDIS_URL", "PLANNER_BASE_URL", "PLANNER_THREADS", "PORT", "HOST")
    assert settings(instance, **dict.fromkeys(names, " ")) == settings(instance)


@pytest.mark.parametrize("url", ["smtp://relay?tls=none", "smtps://relay?tls=optional", "smtp://relay#x", "smtp://r?a"])
def test_what_an_address_of_mail_asks_of_tls_is_known(instance: Path, url: str) -> None:
    asked = {"PLANNER_MAIL_FROM": "planner@example.org"}
    assert problems(instance, PLANNER_MAIL_URL=url, **asked) == [
        "PLANNER_MAIL_URL: may end in ?tls=optional after smtp://, and in nothing else"
    ]
    known = config.load(
        {"PLANNER_INSTANCE": str(instance), "PLANNER_MAIL_URL": "smtp://relay?tls=optional", **asked}
    )  # fmt: skip
    assert known.mail_url == "smtp://relay?tls=optional"


def test_all_faults_are_reported_at_once_by_name(instance: Path) -> None:
    assert (
        problems(
            instance,
            PLANNER_DATABASE_URL="mysql://db",
            PLANNER_REDIS_URL="localhost:6379",
            PLANNER_FILES_URL="/srv/files",
            PLANNER_MAIL_URL="smtp:mail.example",
            PLANNER_MAIL_FROM="nobody",
            PLANNER_REPLIES_TO="planner@{code}.example",
            PLANNER_REPLIES_URL="pop3://mail.example",
            PLANNER_DEMO_PASSWORD="short",
            PLANNER_BASE_URL="https://planner.example.org/under/a/path",
            PLANNER_TRUSTED_HOSTS="https://planner.example.org",
            PLANNER_PROXY_COUNT="-1",
            PLANNER_SECURE_COOKIES="maybe",
            PLANNER_THREADS="many",
            HOST="http://localhost",
            PORT="65536",
            PLANNER_LOG_LEVEL="LOUD",
        )
        == FAULTS
    )


@pytest.mark.parametrize(
    ("given_url", "stored"),
    [
        ("postgres://db/planner", "postgresql+psycopg://db/planner"),
        ("postgresql+psycopg://db/planner", "postgresql+psycopg://db/planner"),
        ("postgresql:///planner?host=/run/postgresql", "postgresql+psycopg:///planner?host=/run/postgresql"),
        ("sqlite:////srv/planner.db", "sqlite:////srv/planner.db"),
        ("sqlite:///other.db", "sqlite:///{instance}/other.db"),
        ("sqlite://", "sqlite://"),
        ("sqlite:///:memory:", "sqlite://"),
    ],
)
def test_database_addresses(instance: Path, given_url: str, stored: str) -> None:
    assert settings(instance, PLANNER_DATABASE_URL=given_url).database_url == stored.format(instance=instance)


@pytest.mark.parametrize(
    ("variables", "hosts"),
    [
        ({"HOST": ANYWHERE}, ("localhost", "127.0.0.1", "[::1]")),
        ({"HOST": "::"}, ("localhost", "127.0.0.1", "[::1]")),
        ({"HOST": "192.0.2.7"}, ("localhost", "127.0.0.1", "[::1]", "192.0.2.7")),
        ({"HOST": "2001:db8::7"}, ("localhost", "127.0.0.1", "[::1]", "[2001:db8::7]")),
        ({"PLANNER_BASE_URL": "http://p.example:8080"}, ("localhost", "127.0.0.1", "[::1]", "p.example")),
        ({"PLANNER_BASE_URL": "http://[2001:db8::7]:80"}, ("localhost", "127.0.0.1", "[::1]", "[2001:db8::7]")),
        ({"PLANNER_TRUSTED_HOSTS": "a.example"}, ("a.example",)),
        ({"PLANNER_TRUSTED_HOSTS": "[::1]:8000,[::1]"}, ("[::1]",)),
    ],
)
def test_trusted_hosts(instance: Path, variables: dict[str, str], hosts: tuple[str, ...]) -> None:
    assert settings(instance, **variables).trusted_hosts == hosts


def test_secure_cookies_can_be_set_against_the_address(instance: Path) -> None:
    behind = settings(instance, PLANNER_SECURE_COOKIES="yes")
    tried_at_home = settings(instance, PLANNER_BASE_URL="https://p.example", PLANNER_SECURE_COOKIES="no")
    assert (behind.secure_cookies, tried_at_home.secure_cookies) == (True, False)


def test_the_key_is_made_once_for_its_owner_only(instance: Path) -> None:
    first = load({"PLANNER_INSTANCE": str(instance)})
    again = load({"PLANNER_INSTANCE": str(instance)})
    file = instance / "secret-key"
    assert again.secret_key == first.secret_key == file.read_text().strip()
    assert len(first.secret_key) >= 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in instance.iterdir()] == ["secret-key"]


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    one, two = (load({"PLANNER_INSTANCE": str(tmp_path / name)}) for name in ("one", "two"))
    assert one.secret_key != two.secret_key


def test_of_two_first_starts_at_once_the_first_wins(instance: Path) -> None:
    instance.mkdir()
    config._write_once(instance / "secret-key", "first")
    config._write_once(instance / "secret-key", "second")
    assert (instance / "secret-key").read_text() == "first\n"
    assert [path.name for path in instance.iterdir()] == ["secret-key"]


def test_a_short_key_is_refused_and_not_repeated(instance: Path) -> None:
    (problem,) = problems(instance, PLANNER_SECRET_KEY="hunter2")
    assert problem.startswith("PLANNER_SECRET_KEY: must have at least 32 characters")
    assert "hunter2" not in problem


def test_a_key_file_cut_short_is_refused(instance: Path) -> None:
    instance.mkdir()
    (instance / "secret-key").write_text("\n")
    with pytest.raises(SettingsError, match=r"PLANNER_SECRET_KEY \(read from .*secret-key\)"):
        load({"PLANNER_INSTANCE": str(instance)})


def test_a_wrong_variable_leaves_no_key_behind(instance: Path) -> None:
    with pytest.raises(SettingsError):
        load({"PLANNER_INSTANCE": str(instance), "PORT": "x"})
    assert not (instance / "secret-key").exists()


def test_an_instance_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    (problem,) = problems(file / "instance")
    assert problem.startswith("PLANNER_INSTANCE: must be a folder that the program may write to")


def test_an_installed_wheel_keeps_its_data_under_its_prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path / "site-packages" / "planner" / "_bundle")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert load({}).instance == tmp_path / "var" / "planner-instance"


def test_a_checkout_keeps_its_data_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "planner")
    assert load({}).instance == tmp_path / "instance"


def test_no_secret_is_shown(instance: Path) -> None:
    shown = repr(
        settings(
            instance,
            PLANNER_DATABASE_URL="postgresql://me:swordfish@db/planner",
            PLANNER_REDIS_URL="redis://:swordfish@cache",
            PLANNER_FILES_URL="s3://me:swordfish@bucket",
            PLANNER_MAIL_URL="smtp://me:swordfish@mail",
            PLANNER_MAIL_FROM="me@example.org",
            PLANNER_REPLIES_URL="imap://me:swordfish@mail",
            PLANNER_DEMO_PASSWORD="swordfish",
        )
    )
    assert "swordfish" not in shown
    assert KEY not in shown


NAMES = sorted({problem.partition(":")[0] for problem in FAULTS})
WRONG = ["http://[", "redis://h:port", "postgres://", "1" * 5000, "²", "[::1", "::1", "http://a:1/"]


@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.text() | st.sampled_from(WRONG),
    )
)
def test_whatever_is_set_gives_settings_or_names_the_variable(
    tmp_path_factory: pytest.TempPathFactory, variables: dict[str, str]
) -> None:
    named = set()
    try:
        settings(tmp_path_factory.getbasetemp() / "instance", **variables)
    except SettingsError as error:
        named = {problem.partition(":")[0] for problem in error.problems}
    assert named <= set(variables)
