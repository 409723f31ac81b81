"""`poll`, `import` and `deliveries`: commands that do something, and what they say of it."""

from tests.faces.command import ROWS, SURVEY

GONE = """
[[sources]]
id = "gone"
connector = "file"
path = "gone.csv"
"""
KEYS = {"source", "status", "new", "edited", "removed", "quarantined", "requests", "seconds", "error", "note"}


def test_poll_reports_each_source_under_the_promised_names(desk):
    rows = desk.json("poll")
    assert [set(row) for row in rows] == [KEYS]
    assert (rows[0]["source"], rows[0]["status"], rows[0]["new"], rows[0]["error"]) == ("survey", "ok", 3, None)


def test_a_source_that_cannot_be_read_fails_the_command_and_no_other_source(desk):
    desk.configure(SURVEY, GONE)
    result = desk.run("poll")
    assert result.exit_code == 1
    assert "gone: There is no gone.csv." in result.stdout
    rows = desk.json("poll")
    assert [row["status"] for row in rows] == ["ok", "paused"]
    assert rows[1]["error"] == "There is no gone.csv."


def test_only_the_named_source_is_asked(desk):
    desk.configure(SURVEY, GONE)
    assert [row["source"] for row in desk.json("poll", "survey")] == ["survey"]


def test_naming_a_source_lifts_its_pause(desk):
    desk.configure(SURVEY, GONE)
    desk.run("poll")
    (desk.folder / "gone.csv").write_text("id,text\n7,back again\n", encoding="utf-8")
    assert desk.json("poll", "gone")[0]["new"] == 1


def test_an_unknown_source_is_wrong_usage_and_the_nearest_is_named(desk):
    result = desk.run("poll", "servey")
    assert result.exit_code == 2
    assert "did you mean 'survey'" in result.stderr


def test_a_busy_site_is_no_failure(desk, site):
    site.status = (429, {"retry-after": "3600"})
    desk.configure(site.source(every="15m"))
    result = desk.run("poll")
    assert "busy" in result.stdout
    assert result.exit_code == 0


def test_poll_sends_what_is_due_and_says_so(desk, sink):
    desk.configure(SURVEY, sink.channel())
    assert "1 message sent." in desk.run("poll").stdout
    assert sink.count("First read of survey finished") == 1


def test_no_deliver_leaves_the_outbox_alone(desk, sink):
    desk.configure(SURVEY, sink.channel())
    desk.run("poll", "--no-deliver")
    assert sink.messages == []
    assert [row["state"] for row in desk.json("deliveries")] == ["held"]  # it waits for company


def test_without_sources_poll_says_how_to_get_one(desk):
    desk.configure()
    result = desk.run("poll")
    assert result.exit_code == 0
    assert "repmon connectors" in result.stdout


def test_a_failed_delivery_is_listed_with_its_reason_and_a_masked_target(desk, sink):
    desk.configure(SURVEY, sink.channel())
    sink.status = 500
    assert "could not be sent" in desk.run("poll").stdout
    row = desk.json("deliveries")[0]
    assert row.keys() >= {
        "id", "event", "review_id", "rule", "target", "state", "attempts", "next_attempt_at", "delivered_at",
        "last_error",
    }  # fmt: skip
    assert (row["event"], row["state"], row["delivered_at"]) == ("source.first_read", "pending", None)
    assert "500" in row["last_error"]
    assert "a-token-nobody-may-see" not in desk.run("deliveries").stdout + str(row)


def test_retry_fails_until_the_channel_is_back(desk, sink):
    desk.configure(SURVEY, sink.channel())
    sink.status = 500
    desk.run("poll")
    assert desk.run("deliveries", "--retry").exit_code == 1
    sink.status = 200
    result = desk.run("deliveries", "--retry")
    assert result.exit_code == 0
    assert "1 message sent." in result.stdout
    assert "delivered" in result.stdout
    assert desk.json("deliveries", "--state", "pending") == []
    assert "Nothing was waiting." in desk.run("deliveries", "--retry").stdout


def test_import_takes_a_file_in_once(desk):
    extra = desk.folder / "extra.csv"
    extra.write_text("id,text\n8,eight\n9,nine\n", encoding="utf-8")
    result = desk.run("import", str(extra), "--source", "survey")
    assert result.exit_code == 0
    assert "2 new reviews" in result.stdout
    assert desk.json("import", str(extra), "--source", "survey")["new"] == 0
    assert len(desk.json("reviews")) == 2


def test_import_says_what_was_set_aside(desk):
    extra = desk.folder / "extra.csv"
    extra.write_text(ROWS + "4,four,,,\n5,five,,,\n9,when was it?,3,some day,\n", encoding="utf-8")
    result = desk.run("import", str(extra), "--source", "survey")
    assert "1 set aside" in result.stdout
    assert "repmon sources survey" in result.stdout


def test_import_of_what_is_no_table_fails(desk):
    extra = desk.folder / "extra.csv"
    extra.write_text("", encoding="utf-8")
    result = desk.run("import", str(extra), "--source", "survey")
    assert result.exit_code == 1
    assert "is empty" in result.stdout


def test_import_needs_a_file_a_source_and_a_source_of_files(desk, site):
    desk.configure(SURVEY, site.source(every="15m"))
    extra = desk.folder / "extra.csv"
    assert desk.run("import", str(extra), "--source", "survey").exit_code == 2
    extra.touch()
    assert desk.run("import", str(extra)).exit_code == 2
    assert "did you mean 'survey'" in desk.run("import", str(extra), "--source", "survy").stderr
    result = desk.run("import", str(extra), "--source", "desk")
    assert result.exit_code == 2
    assert "reads a site" in result.stderr
