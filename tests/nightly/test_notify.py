"""Alerts of a night: kept with the run, shown, and sent; the plan does not depend on whether they arrive."""

from __future__ import annotations

import pytest

from optimizer.errors import Refused
from optimizer.nightly import send
from optimizer.nightly.notify_settings import read_notify
from tests.nightly.conftest import ONE_STORE
from tests.nightly.listening import hook, post_office
from tests.nightly.test_nightly_run import listed, states

#: The shop loses what is wanted in the first week: the factory's goods arrive in the second.
SHORT = "sku,region,starts_on,days,mean\nA,W,2026-06-01,7,50\nA,W,2026-06-08,14,0\n"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(send, "PAUSES", (0.0,))


@pytest.fixture
def short(shop):
    """Lets the shop run out of stock at once."""
    (shop / "demand.csv").write_text(SHORT, "utf-8")


@pytest.fixture
def settings(tmp_path):
    """Writes settings of where alerts go."""

    def write(text):
        path = tmp_path / "notify.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def to(there, more=""):
    return f"[webhook]\nurl = '{there.url}'\n{more}\n"


def test_alerts_are_kept_with_the_run_and_shown(ran, night, store, short):
    night()
    shown = ran("runs", "show", "--store", store, "--json").document
    assert shown["alert_kinds"]["out_of_reach"]["count"] == 1 and shown["urgent"] == 1
    (alert,) = [alert for alert in shown["alerts"] if alert["kind"] == "out_of_reach"]
    assert alert["urgent"] is True and alert["sku"] == "A" and alert["day"] == "2026-06-01" and alert["money"] > 0
    assert alert["says"] in ran("runs", "show", "--store", store).out


@ONE_STORE
def test_an_urgent_alert_goes_to_the_webhook_with_the_secret_of_the_environment(
    ran, night, store, short, settings, monkeypatch
):
    monkeypatch.setenv("HOOK_SECRET", "open sesame")
    with hook() as there:
        done = night(1, "--notify", settings(to(there, "secret_env = 'HOOK_SECRET'\nheader = 'X-Token'")))
    assert done.code == 0, done
    ((headers, document),) = there.got
    assert headers["X-Token"] == "open sesame"
    assert (document["event"], document["run"], document["plan_in_force"]) == (
        "planned", 1, {"run": 1, "night": "2026-06-01"}
    )  # fmt: skip
    assert [alert["sku"] for alert in document["alerts"] if alert["kind"] == "out_of_reach"] == ["A"]
    (sent,) = listed(ran, store)[0]["sent"]
    assert (sent["sent"], sent["tries"]) == (True, 1)
    told = ran("runs", "show", "--store", store)
    assert "Sent: webhook http://127.0.0.1" in told.out and "KEY-OF-THE-ROBOT" not in told.out + done.err + done.out


@ONE_STORE
@pytest.mark.parametrize(
    ("when", "is_short", "times"),
    [("always", False, 1), ("alerts", False, 0), ("urgent", False, 0), ("urgent", True, 1), ("alerts", True, 1)],
)
def test_what_is_sent_depends_on_when_it_is_wanted(night, shop, settings, when, is_short, times):
    (shop / "demand.csv").write_text(SHORT if is_short else SHORT.replace(",50", ",0"), "utf-8")
    with hook() as there:
        night(1, "--notify", settings(f"when = '{when}'\n{to(there)}"))
    assert len(there.got) == times


@ONE_STORE
def test_a_night_whose_input_is_refused_is_told_whatever_is_wanted(ran, first_night, night, store, shop, settings):
    stock = shop / "opening_stock.csv"
    stock.write_text(stock.read_text("utf-8").replace(",5,", ",five,"), "utf-8")
    with hook() as there:
        night(2, "--notify", settings(to(there))).assert_told(3, "refused", "stays in force")
    (document,) = there.documents
    assert (document["event"], document["state"]) == ("not_planned", "refused")
    assert document["problems"][0]["value"] == "five" and document["plan_in_force"]["run"] == 1
    assert listed(ran, store)[0]["sent"][0]["sent"]


@ONE_STORE
def test_nothing_is_sent_where_there_was_nothing_to_do(night, short, settings):
    night()
    with hook() as there:
        assert "Nothing to do" in night(1, "--notify", settings("when = 'always'\n" + to(there))).out
    assert there.got == []


@ONE_STORE
@pytest.mark.parametrize(
    ("answers", "tries", "sent"),
    [
        ([(503, ""), (200, "{}")], 2, True),
        ([(503, "")], 3, False),
        ([(404, "")], 1, False),
        ([(302, "")], 1, False),
    ],
)
def test_a_webhook_that_may_recover_is_tried_again_and_never_fails_the_plan(
    ran, night, store, short, settings, answers, tries, sent
):
    with hook(*answers) as there:
        done = night(1, "--notify", settings(to(there)))
    assert done.code == 0 and states(ran, store) == [(1, "complete", True)]
    assert len(there.got) == tries
    assert ("Alerts were not sent, webhook http://127.0.0.1" in done.err) is not sent
    assert ("NOT sent" in ran("runs", "show", "--store", store).out) is not sent


@ONE_STORE
def test_a_webhook_that_is_away_or_never_answers_never_fails_the_plan(ran, night, store, short, settings):
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        done = night(1, "--notify", settings(f"[webhook]\nurl = '{url}'\nseconds = 0.2\ntries = 2"))
    assert done.code == 0 and "cannot be reached" in done.err
    done = night(2, "--notify", settings(f"[webhook]\nurl = '{url}'\ntries = 2"))
    assert done.code == 0 and "cannot be reached" in done.err
    assert [run["sent"][0]["tries"] for run in listed(ran, store)] == [2, 2]


@ONE_STORE
@pytest.mark.parametrize(
    ("format", "answer", "path", "sent"),
    [
        ("dingtalk", '{"errcode": 0, "errmsg": "ok"}', ("text", "content"), True),
        ("dingtalk", '{"errcode": 310000, "errmsg": "keywords not in content"}', ("text", "content"), False),
        ("wecom", '{"errcode": 0, "errmsg": "ok"}', ("text", "content"), True),
        ("feishu", '{"code": 19001, "msg": "param invalid"}', ("content", "text"), False),
        ("feishu", '{"code": 0, "msg": "success"}', ("content", "text"), True),
        ("slack", "ok", ("text",), True),
    ],
)
def test_robots_of_chat_programs_are_told_a_text_as_they_take_it(
    night, short, settings, monkeypatch, format, answer, path, sent
):
    with hook((200, answer)) as there:
        monkeypatch.setenv("ROBOT", there.url)
        file = settings(f"[webhook]\nurl_env = 'ROBOT'\nformat = '{format}'")
        done = night(1, "--notify", file, "--language", "zh")
    text = there.documents[0]
    for key in path:
        text = text[key]
    assert "须在下次计划前处理" in text and "A 在 W 断货" in text
    assert ("it refused the message" in done.err) is not sent


@ONE_STORE
def test_a_mail_tells_what_is_wrong_and_what_to_do(ran, night, store, short, settings, monkeypatch):
    monkeypatch.setenv("MAIL_PASSWORD", "hunter2")
    with post_office(refuses=1, password="hunter2") as office:
        text = f"""[mail]
            to = ["planner@example.com", "boss@example.com"]
            from = "optimizer@example.com"
            host = "127.0.0.1"
            port = {office.port}
            security = "none"
            """
        done = night(1, "--notify", settings(text))
        assert done.code == 0 and "Alerts were not sent" in done.err, "the server wants a password"
        monkeypatch.setattr("optimizer.nightly.notify_settings._missing", lambda *_: [])  # no TLS on the loopback
        done = night(2, "--notify", settings(text + "user = 'optimizer'\npassword_env = 'MAIL_PASSWORD'"))
    assert done.code == 0 and done.err == ""
    ((to, mail),) = office.mails
    assert to == ["planner@example.com", "boss@example.com"]
    assert (
        mail["Subject"]
        == "toy, night of 2026-06-02: the plan is in force; 1 alerts ask somebody to act before the next plan"
    )
    assert "A runs out in W" in mail.get_content()
    assert "hunter2" not in str(listed(ran, store)) + done.out
    assert listed(ran, store)[0]["sent"] == [
        {"to": "mail to planner@example.com, boss@example.com", "sent": True, "tries": 2}
    ]


@ONE_STORE
def test_a_mail_server_without_tls_is_not_told_a_mail_where_tls_is_wanted(night, short, settings):
    with post_office() as office:
        text = f"[mail]\nto = 'a@b.com'\nfrom = 'c@b.com'\nhost = '127.0.0.1'\nport = {office.port}\n"
        done = night(1, "--notify", settings(text))
        assert done.code == 0 and "Alerts were not sent, mail to a@b.com" in done.err
        assert office.mails == []
        assert night(2, "--notify", settings(text + "security = 'none'")).err == ""
        assert len(office.mails) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it says nowhere to send alerts"),
        ("[webhook]\nurl = 'ftp://somewhere'", "it is no address of a webhook"),
        ("[webhook]\nurl = 'https://h:99999/x'", "it is no address of a webhook"),
        ("[webhook]\nurl = 'https://h:abc/x'", "it is no address of a webhook"),
        ("[webhook]\nurl = 'https://[h/x'", "it is no address of a webhook"),
        ("[webhook]\nurl_env = 'NOWHERE_SET'", "the address of the webhook is missing"),
        ("[webhook]\nurl = 'http://a'\nsecret = 'x'", "a secret does not belong into a file"),
        ("[webhook]\nurl = 'http://a'\nsecret_env = 'NOWHERE_SET'", "there is no environment variable of this name"),
        ("[webhook]\nurl = 'http://a'\ntrys = 2", "Did you mean 'tries'"),
        ("[webhook]\nurl = 'http://a'\ntries = 'two'", "it is of the wrong type"),
        ("[webhook]\nurl = 'http://a'\nseconds = 0", "it is not between 0 and 60"),
        ("[webhook]\nurl = 'http://a'\nformat = 'fax'", "it is none of json"),
        ("[mail]\nto = 'a@b.com'", "it is missing"),
        ("[mail]\nto = 'a@b.com'\nfrom = 'c@b.com'\nuser = 'c'\nsecurity = 'none'", "as anybody can read it"),
        ("mail = 'a@b.com'", "there is no such setting"),
        ("when = 'never'\n[webhook]\nurl = 'http://a'", "it is none of always"),
        ("[webhook", "this is no TOML"),
    ],
)
def test_settings_that_are_wrong_are_told(settings, text, said):
    with pytest.raises(Refused) as refused:
        read_notify(settings(text))
    assert any(said in str(problem) for problem in refused.value.problems), refused.value.problems


@ONE_STORE
@pytest.mark.parametrize(
    ("text", "said"), [("", "it says nowhere to send alerts"), ("[webhook", "this is no TOML"), ("mail = 1", "mail")]
)
def test_where_settings_are_wrong_the_night_is_planned_all_the_same(ran, night, store, settings, text, said):
    done = night(1, "--notify", settings(text))
    assert done.code == 0 and said in done.err
    ran("runs", "send", "--store", store, "--notify", settings(text)).assert_told(3, said)


@pytest.mark.parametrize(
    "text",
    [
        "[webhook]\nurl = 'https://h/x'\nsecret_env = 'HUNTER2'",
        "[webhook]\nurl = ['https://h/HUNTER2']",
        "[webhook]\nurl = 'ftp://h/HUNTER2'",
        "[webhook]\nurl_env = ['HUNTER2']",
        "[webhook]\nurl_env = 'HUNTER2'",
        "[webhook]\nurl = 'https://h/x'\nsecret = 'HUNTER2'",
        "[webhook]\nurl = 'https://h/x'\nkeys = 'HUNTER2'",
        "[mail]\nto = 'a@b.com'\nfrom = 'c@b.com'\nuser = 'c'\npassword_env = 'HUNTER2'",
        "[mail]\nto = 'a@b.com'\nfrom = 'c@b.com'\npassword_env = ['HUNTER2']",
        "webhook = 'https://h/HUNTER2'",
    ],
)
def test_a_secret_that_stands_where_none_belongs_is_shown_nowhere(settings, text):
    with pytest.raises(Refused) as refused:
        read_notify(settings(text))
    assert not [str(problem) for problem in refused.value.problems if "HUNTER2" in str(problem)]


@ONE_STORE
@pytest.mark.parametrize("good", [True, False])
def test_a_defect_in_telling_others_never_replaces_how_the_night_ended(
    ran, night, store, short, shop, settings, monkeypatch, good
):
    def broken(*_):
        raise ValueError("a defect")

    monkeypatch.setattr("optimizer.nightly.telling.message", broken)
    if not good:
        (shop / "skus.csv").unlink()
    with hook() as there:
        done = night(1, "--notify", settings(to(there)))
    assert done.code == (0 if good else 3), done
    assert "Alerts were not sent: unexpected ValueError: a defect" in done.err
    assert states(ran, store)[0][1] == ("complete" if good else "refused")


@ONE_STORE
def test_settings_that_are_not_there_are_told(night, tmp_path):
    done = night(1, "--notify", tmp_path / "nowhere.toml")
    assert done.code == 0 and "Alerts were not sent" in done.err and "No such file" in done.err


@ONE_STORE
def test_runs_send_tries_the_settings_with_the_plan_in_force(ran, first_night, store, settings):
    with hook((200, ""), (500, "")) as there:
        done = ran("runs", "send", "--store", store, "--notify", settings(to(there, "tries = 1")), "--json")
        assert done.code == 0 and done.document["sent"][0]["sent"] and there.documents[0]["run"] == 1
        ran("runs", "send", "--store", store, "--notify", settings(to(there, "tries = 1"))).assert_told(
            9, "Not sent: run 1 to webhook http://127.0.0.1", "it answered 500"
        )


@ONE_STORE
def test_fail_on_alert_leaves_with_code_6_where_somebody_must_act(night, shop):
    (shop / "demand.csv").write_text(SHORT.replace(",50", ",0"), "utf-8")
    assert night(1, "--fail-on-alert").code == 0, "nothing is wanted, and its gap is a share of nothing"
    (shop / "demand.csv").write_text(SHORT, "utf-8")
    assert night(1, "--fail-on-alert").code == 6
    assert night(1, "--fail-on-alert").code == 6, "a night that has nothing to do has its alerts all the same"


@ONE_STORE
def test_an_error_tells_programs_which_plan_is_in_force(ran, night, shop, store):
    stock = shop / "opening_stock.csv"
    good = stock.read_text("utf-8")
    stock.write_text(good.replace(",5,", ",five,"), "utf-8")
    first = night(1, "--json").document
    assert (first["command"], first["exit_code"], first["run"], first["in_force"]) == ("error", 3, 1, None)
    stock.write_text(good, "utf-8")
    night(1)
    stock.write_text(good.replace(",5,", ",five,"), "utf-8")
    again = night(2, "--json").document
    assert (again["exit_code"], again["run"], again["in_force"]) == (3, 3, {"run": 2, "night": "2026-06-01"})
