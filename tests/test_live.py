"""The live laboratory at its doors: who may ask, how much, and that what it tells is true."""

import re
import signal
import socket
import time
from concurrent.futures import BrokenExecutor

import numpy as np
import pytest
from at_the_door import door
from live_server import KEY, PORT, REPLICATIONS, SETTINGS, Held, client, news, served
from reported import HOSTILE, Unpacked, economy_on_the_map, results

from analysis.experiment.keeper import RunTooLong
from analysis.live import serving
from analysis.live.admission import LARGEST_BODY
from analysis.live.levers import levers, value_of
from analysis.live.live_page import live_policy, live_words, script, style
from analysis.live.live_run import Pair, Told
from analysis.live.trial_queue import AT_ONCE
from analysis.outcomes.outcomes import outcomes
from analysis.report.findings import findings
from analysis.report.finished_results import read_results
from data.errors import InputError
from scenarios import read_scenario
from simulation.laboratory import Laboratory

pytest.importorskip("starlette", reason="starlette is not installed")
pytest.importorskip("uvicorn", reason="uvicorn is not installed")
httpx = pytest.importorskip("httpx", reason="httpx is not installed")

__all__ = ["door", "results"]

MOVED = {"cap.cut": 0.3, "allocation.rule": "equal_per_capita", "compliance.audit": 0.6}


@pytest.fixture
def lab():
    with client() as asking:
        yield asking


@pytest.fixture
def held():
    """Return a laboratory whose worker does nothing, and that worker."""
    worker = Held()
    with client(worker.submit) as asking:
        yield asking, worker


def tried(lab, levers=MOVED, **more) -> str:
    answer = lab.post("/trials", json={"levers": levers, **more})
    assert answer.status_code == 202, answer.text
    return answer.json()["trial"]


def refused(answer, status: int) -> str:
    assert answer.status_code == status
    assert answer.text.count("\n") == 1
    return answer.text


def test_news_are_those_of_the_same_scenario_and_seed_run_alone(lab) -> None:
    trial = tried(lab)
    told = news(lab.get(f"/trials/{trial}/news").text)
    assert [one["runs"] for one in told] == sorted({one["runs"] for one in told})
    assert told[-1]["state"] == "done"
    assert told[-1]["runs"] == REPLICATIONS
    economy = economy_on_the_map()
    alone = Laboratory(economy)
    scenario = read_scenario("default", [*SETTINGS, *(f"{k}={v}" for k, v in MOVED.items())])
    without = read_scenario("default", [*SETTINGS, "allocation.rule=none"])
    pairs = [(alone.run(scenario, 0, n), alone.run(without, 0, n)) for n in range(REPLICATIONS)]
    sizes = {"t CO₂": 1.0, "kt CO₂": 1e3, "Mt CO₂": 1e6, "Gt CO₂": 1e9}
    course = told[-1]["courses"]["emissions"]
    mean = np.mean([run.national["emissions"] for run, _ in pairs], axis=0)
    np.testing.assert_allclose(course["mean"], mean / sizes[course["unit"]], rtol=1e-5)
    found = [outcomes(run, economy, other)["abatement_cost"] for run, other in pairs]
    cost = told[-1]["outcomes"]["abatement_cost"]
    assert cost["mean"] == pytest.approx(np.mean(found), rel=1e-5)
    mean_gap, low, high = cost["from_no_policy"]
    assert low < mean_gap < high
    cities = told[-1]["cities"]["emissions"]
    last = [run.cities.query("year == 2015")["emissions"].to_numpy() for run, _ in pairs]
    wanted = np.mean(last, axis=0) / sizes[cities["unit"]]
    np.testing.assert_allclose(cities["values"], wanted, rtol=1e-5)


def test_the_saved_file_is_the_scenario_that_was_run(lab, tmp_path) -> None:
    trial = tried(lab)
    answer = lab.get(f"/trials/{trial}/scenario.toml")
    assert "attachment" in answer.headers["content-disposition"]
    file = tmp_path / "my-policy.toml"
    file.write_text(answer.text, encoding="utf-8")
    saved = read_scenario(file)
    asked = read_scenario("default", [*SETTINGS, *(f"{k}={v}" for k, v in MOVED.items())])
    assert saved.model_copy(update={"title": ""}) == asked.model_copy(update={"title": ""})
    assert "cap.cut = 0.3" in saved.title


@pytest.mark.parametrize("rule", ["five_year_plan_classes", "boltzmann", "supply_chain_linked"])
@pytest.mark.parametrize("institution", ["none", "bilateral", "auction"])
def test_every_word_of_a_lever_goes_with_the_others(lab, rule, institution) -> None:
    trial = tried(lab, {"allocation.rule": rule, "market.institution": institution})
    told = news(lab.get(f"/trials/{trial}/news").text)
    assert told[-1]["state"] == "done", told[-1].get("fault")


@pytest.mark.parametrize(
    ("levers", "word"),
    [
        ({"cap.cut": 0.9}, "must be from 0.1 to 0.35"),
        ({"cap.cut": "a lot"}, "must be a number"),
        ({"cap.cut": True}, "must be a number"),
        ({"cap.cut": None}, "must be a number"),
        ({"cap.cut": [[1]]}, "must be a number"),
        ({"cap.cutt": 0.2}, "did you mean cap.cut"),
        ({"horizon.end": 2060}, "no such lever"),
        ({"allocation.rule": "none"}, "allocation.rule"),
        ({"allocation.rule": "per\nhead"}, "allocation.rule"),
        ({"market.institution": {"a": 1}}, "market.institution"),
    ],
)
def test_what_no_lever_can_take_is_refused_in_one_line(lab, levers, word) -> None:
    assert word in refused(lab.post("/trials", json={"levers": levers}), 400)


@pytest.mark.parametrize(
    "body", [b"", b"no", b"[]", b'{"levers": 3}', b'{"settings": 5}',
             b'{"levers": {"cap.cut": NaN}}', b"[" * 9000,
             b"\xff\xfe", b'{"start": "nobody"}', b'{"start": 7}'],
)  # fmt: skip
def test_a_body_that_is_no_policy_is_refused_in_one_line(lab, body) -> None:
    refused(lab.post("/trials", content=body), 400)


def test_a_body_that_is_too_long_is_refused_with_and_without_its_length(lab) -> None:
    long = b"[" * (LARGEST_BODY + 1)
    refused(lab.post("/trials", content=long), 413)
    refused(lab.post("/trials", content=iter([long[:6000], long[6000:]])), 413)


def test_nobody_without_the_key_gets_anything(lab) -> None:
    lab.cookies.clear()
    for path in ("/", "/trials/1/news", "/trials/1/scenario.toml", "/?key=", "/?key=wrong"):
        refused(lab.get(path), 403)
    refused(lab.post("/trials", json={}), 403)
    refused(lab.get("/", headers={"cookie": f"quotapolis-{PORT}=wrong"}), 403)


def test_the_key_of_the_address_becomes_a_cookie_that_no_script_reads(lab) -> None:
    lab.cookies.clear()
    answer = lab.get(f"/?key={KEY}")
    assert answer.status_code == 200
    told = answer.headers["set-cookie"]
    assert "HttpOnly" in told
    assert "SameSite=Strict" in told
    assert lab.get("/").status_code == 200


def test_cookies_of_other_servers_of_the_machine_do_not_hide_the_key(lab) -> None:
    lab.cookies.clear()
    cookies = f'theme={{"a": [1, 2]}}; quotapolis-1=x; quotapolis-{PORT}={KEY}; =;;'
    assert lab.get("/", headers={"cookie": cookies}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "", "10.0.0.8", "[::1"])
def test_a_name_that_leads_here_by_dns_is_refused(lab, host) -> None:
    refused(lab.get("/", headers={"host": host}), 421)


def test_bound_to_every_address_it_answers_to_addresses_and_not_to_names_of_others() -> None:
    with client(Held().submit, host="0.0.0.0") as lab:  # noqa: S104 - nothing is bound
        own = {"host": "10.0.0.8:8765", "origin": "http://10.0.0.8:8765"}
        assert lab.get("/", headers=own).status_code == 200
        refused(lab.get("/", headers={"host": "evil.example"}), 421)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"https://127.0.0.1:{PORT}",
                                    "http://127.0.0.1:1"])  # fmt: skip
def test_another_site_may_not_ask(lab, origin) -> None:
    refused(lab.post("/trials", json={}, headers={"origin": origin}), 403)
    refused(lab.get("/trials/1/news", headers={"origin": origin}), 403)


def test_a_request_that_hides_where_it_comes_from_changes_nothing(lab) -> None:
    del lab.headers["origin"]
    refused(lab.post("/trials", json={}), 403)
    refused(lab.delete("/trials/1"), 403)
    refused(lab.get("/", headers={"sec-fetch-site": "cross-site"}), 403)


def test_every_answer_is_closed_to_other_sites(lab) -> None:
    for answer in (lab.get("/"), lab.get("/nowhere"), lab.get("/", headers={"host": "x"})):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_more_policies_than_can_be_tried_are_told_that_it_is_busy(held) -> None:
    lab, _ = held
    for page in range(AT_ONCE):
        tried(lab, page=f"page {page}")
    refused(lab.post("/trials", json={"page": "one more"}), 503)
    tried(lab, page="page 0")
    refused(lab.post("/trials", json={"page": "one more"}), 503)


def test_a_lever_that_moves_again_ends_what_ran_for_it(held) -> None:
    lab, worker = held
    first = tried(lab, page="mine")
    until(lambda: worker.asked)
    second = tried(lab, {"cap.cut": 0.25}, page="mine")
    assert news(lab.get(f"/trials/{first}/news").text)[-1]["state"] == "cancelled"
    fail = InputError("a run\nthat fails")
    worker.asked[0][1].set_exception(fail)
    until(lambda: len(worker.asked) == 2)
    assert value_of(worker.asked[1][0][0], "cap.cut") == 0.25
    worker.asked[1][1].set_exception(fail)
    told = news(lab.get(f"/trials/{second}/news").text)[-1]
    assert (told["state"], told["fault"]) == ("failed", "a run that fails")


def test_a_policy_that_is_cancelled_runs_no_further(held) -> None:
    lab, worker = held
    trial = tried(lab)
    until(lambda: worker.asked)
    assert lab.delete(f"/trials/{trial}").status_code == 204
    worker.asked[0][1].set_exception(InputError("too late"))
    assert news(lab.get(f"/trials/{trial}/news").text)[-1]["state"] == "cancelled"
    assert len(worker.asked) == 1


@pytest.mark.parametrize("fault", [RunTooLong("more than 60 s"), BrokenExecutor("gone")])
def test_after_a_run_that_was_ended_the_next_policy_is_run(held, fault) -> None:
    lab, worker = held
    trial = tried(lab, page="one")
    until(lambda: worker.asked)
    worker.asked[0][1].set_exception(fault)
    assert news(lab.get(f"/trials/{trial}/news").text)[-1]["fault"] == str(fault)
    tried(lab, page="two")
    until(lambda: len(worker.asked) == 2)


def test_of_two_pages_neither_waits_for_the_other_to_end(held) -> None:
    lab, worker = held
    tried(lab, {"cap.cut": 0.2}, page="one")
    until(lambda: worker.asked)
    tried(lab, {"cap.cut": 0.3}, page="two")
    nothing = Told({}, {}, {})
    worker.asked[0][1].set_result([Pair(nothing, nothing)])
    until(lambda: len(worker.asked) == 2)
    assert value_of(worker.asked[1][0][0], "cap.cut") == 0.3


def test_after_the_first_run_of_a_policy_the_others_run_together(held) -> None:
    lab, worker = held
    nothing = Told({}, {}, {})
    tried(lab)
    for part, replications in enumerate(((0,), (1, 2))):
        until(lambda known=part: len(worker.asked) > known)
        (_, asked), answer = worker.asked[part]
        assert asked == replications
        answer.set_result([Pair(nothing, nothing)] * len(asked))


def until(true) -> None:
    """Give the queue its turn."""
    for _ in range(1000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError


def test_the_page_holds_the_arms_of_the_results_and_no_markup_of_theirs(results) -> None:
    with client(Held().submit, results) as lab:
        page = lab.get("/").text
    assert "</script><img" not in page
    content = Unpacked(page).words
    assert all(HOSTILE in title for title in content["title"])
    assert [arm["name"] for arm in content["arms"]][-1] == "your_policy"
    assert list(content["starts"]) == ["grandfathering+exchange", "grandfathering+no_trade"]
    assert {len(outcome["rows"]) for outcome in content["outcomes"]} == {3}
    assert content["findings"] == findings(read_results(results))["findings"]


def test_the_page_asks_nobody_else_for_anything() -> None:
    assert not re.search(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//|@import|url\((?!#)""",
                         style() + script().replace("http://www.w3.org/2000/svg", ""))  # fmt: skip
    assert "connect-src 'self'" in live_policy()


def test_every_text_of_the_interface_is_in_both_languages() -> None:
    used = set(re.findall(r"""\bt\("([a-z_.]+)\"""", script()))
    used |= {f"lever.{key}" for key in levers([read_scenario("default")])}
    known = live_words()
    missing = {key for key in used if key not in known}
    assert not missing
    assert all(text for key in used & set(known) for text in known[key])


def test_ranges_of_levers_reach_where_their_starts_stand() -> None:
    start = read_scenario("default", ["compliance.audit=0.95"])
    assert levers([start])["compliance.audit"].high == 0.95
    peak = read_scenario("default", {"cap.path": "peak", "cap.level_gt": 12.2})
    assert "cap.cut" not in levers([peak])
    below_2012 = read_scenario("default", {"cap.path": "linear_cut", "cap.cut": 0.2})
    assert "base-year" in levers([below_2012])["cap.cut"].meaning
    assert "cap.cut" not in levers([below_2012, start])


def test_results_without_a_policy_are_refused(door, results, tmp_path) -> None:
    answer = door("serve", str(tmp_path))
    assert answer.refused_in_one_line
    assert "no results directory" in answer.err


def test_a_port_that_is_taken_is_named_in_one_line(door, monkeypatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = door("serve", "--port", str(taken.getsockname()[1]))
    assert answer.refused_in_one_line
    assert "--port" in answer.err


def test_what_keeps_it_from_beginning_leaves_no_port_open(door, monkeypatch) -> None:
    opened, create_server = [], socket.create_server

    def opening(*words, **named) -> socket.socket:
        opened.append(create_server(*words, **named))
        return opened[-1]

    def refusing(*_: object) -> None:
        raise InputError("no such economy")

    monkeypatch.setattr(socket, "create_server", opening)
    monkeypatch.setattr(serving, "grounds", refusing)
    answer = door("serve", "--port", "0")
    assert answer.refused_in_one_line
    assert [one.fileno() for one in opened] == [-1]


def test_a_missing_library_is_named_in_one_line(door, monkeypatch) -> None:
    monkeypatch.setattr(serving, "NEEDED", ("starlette", "no_such_library"))
    answer = door("serve")
    assert answer.refused_in_one_line
    assert "quotapolis[serve]" in answer.err


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.study)],
)
def test_a_signal_ends_it_with_one_line_even_while_it_streams(tmp_path, number, code) -> None:
    with served(tmp_path) as (address, process):
        own = address.partition("/?")[0]
        with httpx.Client(base_url=own, headers={"origin": own}) as asking:
            assert asking.get(address).status_code == 200
            trial = asking.post("/trials", json={"levers": {}}).json()["trial"]
            with asking.stream("GET", f"/trials/{trial}/news") as stream:
                next(stream.iter_lines())
                process.send_signal(number)
                _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert said == "quotapolis: the live laboratory is closed\n"
