"""What the demo says about itself."""

SENTENCES: dict[str, str] = {
    # its folder
    "demo_config_foreign": "{config} was not made by the demo, or was changed since, and is left alone. "
    "Give another folder with --dir.",
    "demo_file_foreign": "{file} is there already and was not made by the demo. Give another folder with --dir.",
    "demo_folder_unusable": "{folder} cannot be used: {reason}. Give another folder with --dir.",
    # its story
    "demo_invented": "{name}, Lantern Quay 7, its guests and their {reviews} are invented. The rest is real: three "
    "sources were read turn by turn, each review was stored, understood and, where unhappy, answered with a draft; "
    "and each message went out through Apprise, to a mailbox that the demo kept on this machine.",
    "demo_letters": "{n} messages in four weeks. Happy reviews are stored and cause none.",
    "demo_drafts": "{drafts} to be read, changed and approved. repmon posts nothing by itself.",
    "demo_unknown": "Words are weighed in English. In other languages the stars or the score decide; words alone are "
    "marked unknown there rather than guessed.",
    # how to go on
    "demo_desk": "The same reviews and drafts in a browser, as a manager sees them: change a reply, approve it, turn "
    "it down. This sign-in is made up for this demo, and the desk can be reached from this machine only.",
    "demo_desk_closed": "Without --once the demo goes on to open the desk: the same reviews and drafts in a browser.",
    "demo_no_channel": "The demo's mailbox closed with it, so nobody is told of anything now, and repmon warns of "
    "that. The configuration says how to be told yourself.",
}
