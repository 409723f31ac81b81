"""`check` and `notify test`: is it right, and does it work."""

from tests.faces.command import SURVEY

GONE = """
[[sources]]
id = "gone"
connector = "file"
path = "gone.csv"
"""


def test_a_right_configuration_is_fine_and_shows_what_it_comes_to(desk, sink):
    desk.configure(SURVEY, sink.channel())
    result = desk.run("check")
    assert result.exit_code == 0
    assert "config.toml is fine." in result.stdout
    assert "a-token-nobody-may-see" not in result.stdout
    found = desk.json("check")
    assert (found["ok"], found["problems"], found["default_rules"]) == (True, [], True)
    assert [rule["name"] for rule in found["rules"]][:3] == ["unhappy", "incident", "changed"]


def test_check_writes_nothing(desk):
    (desk.folder / "repmon.db").unlink()
    desk.run("check", "--online")
    assert not (desk.folder / "repmon.db").exists()


def test_every_mistake_is_named_with_its_line(desk):
    desk.configure('[[sources]]\nid = "a b"\nconnector = "fiel"\n[web]\nlisten = 8\n')
    result = desk.run("check")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) >= 3
    assert all(line.startswith(f"{desk.config}:") for line in result.stderr.splitlines())
    found = desk.json("check")
    assert found["ok"] is False
    assert len(found["problems"]) == len(result.stderr.splitlines())


def test_a_warning_goes_to_stderr_and_fails_nothing(desk):
    result = desk.run("check", "--json")
    assert result.exit_code == 0
    assert "nobody will be told" in result.stderr


def test_an_address_that_apprise_cannot_read_is_named(desk):
    desk.configure(SURVEY, '[channels.owner]\nurls = ["json://127.0.0.1/x", "nonsense://secret-word"]\n')
    result = desk.run("check")
    assert result.exit_code == 2
    assert "[channels.owner] urls, number 2" in result.stderr
    assert "secret-word" not in result.output


def test_a_broken_reply_template_is_named(desk):
    pack = desk.folder / "packs" / "en" / "generic.toml"
    pack.parent.mkdir(parents=True)
    pack.write_text('greeting = ["Dear {{ nobody_knows }}"]\n', encoding="utf-8")
    desk.configure(SURVEY, '[replies]\npacks = "packs"\n')
    result = desk.run("check")
    assert result.exit_code == 2
    assert "generic.toml" in result.stderr


def test_online_asks_every_source_and_says_what_is_wrong(desk):
    desk.configure(SURVEY, GONE)
    result = desk.run("check", "--online")
    assert result.exit_code == 1
    assert "survey (survey.csv): It answers; its first 3 reviews can be read." in result.stdout
    assert "gone (gone.csv): There is no gone.csv." in result.stdout
    assert "1 of 2 can be read." in result.stdout
    found = desk.json("check", "--online")
    assert found["ok"] is False
    assert [each["ok"] for each in found["online"]] == [True, False]


def test_online_says_what_to_do_once_and_names_who_is_not_asked(desk):
    hook = '[[sources]]\nid = "hook"\nconnector = "webhook"\nsecret = "sixteen letters or more"\n'
    mail = '[[sources]]\nid = "mail"\nconnector = "mailbox"\nhost = "127.0.0.1"\nport = 9\nuser = "x"\npassword = "y"\n'
    desk.configure(hook, mail)
    said = desk.run("check", "--online").stdout
    assert "hook: The site sends by itself" in said
    assert "    Compare the server's name and port" in said
    assert said.count("127.0.0.1") == 1


def test_online_stops_after_the_first_page(desk, site):
    for number in range(120):
        site.add(f"r{number}", "word")
    desk.configure(site.source(every="15m"))
    assert desk.json("check", "--online")["online"][0]["seen"] == 3
    assert sum("reviews" in path for path in site.requests) == 1


def test_online_names_a_review_that_cannot_be_read(desk):
    desk.survey("id,text,written_at\n1,hello,some day\n")
    found = desk.json("check", "--online")["online"][0]
    assert "written_at" in found["error"]


def test_notify_test_gives_the_real_answer_of_each_target(desk, sink):
    desk.configure(sink.channel(), sink.channel("other", "elsewhere"))
    result = desk.run("notify", "test")
    assert result.exit_code == 0
    assert sink.count("Test message") == 2
    assert result.stdout.count("it took the message") == 2
    sink.status = 503
    result = desk.run("notify", "test", "other")
    assert result.exit_code == 1
    assert "503" in result.stdout
    assert "owner" not in result.stdout


def test_notify_test_knows_its_channels(desk, sink):
    desk.configure(sink.channel())
    result = desk.run("notify", "test", "ownr")
    assert result.exit_code == 2
    assert "did you mean 'owner'" in result.stderr
    assert sink.messages == []
    desk.configure()
    assert "nobody would be told" in desk.run("notify", "test").stdout
