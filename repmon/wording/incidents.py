"""What is said about bursts of unhappy reviews, falling ratings, silent sources and unanswered reviews."""

SENTENCES: dict[str, str] = {
    # Incidents
    "title_incident_now": "{unhappy} at {place} in {span}",
    "title_incident_more": "{more} at {place}, {total} by now",
    "title_incident_over": "Calm again at {place}",
    "incident_now": "{unhappy} at {place} in {span}; {usual}.",
    "incident_more": "{unhappy} at {place} since {moment}; {usual} in {span}.",
    "incident_usual": "about {usual} would be usual",
    "incident_usual_none": "fewer than 1 would be usual",
    "incident_of_all": "In that time there were {reviews} in all.",
    "incident_topics": "Most name: {topics}.",
    "incident_topic": "{topic} ({n})",
    "incident_sample": "{rating} · {source} · {age}",
    "incident_sample_link": "Read and answer: {url}",
    "incident_sample_command": "Read and answer it with `repmon show {review}`.",
    "incident_others": "And {n} more.",
    "incident_from_now_on": "Until it is calm again, further unhappy reviews there are told together, not one by one.",
    "incident_over": "For {hours} hours there have been no more unhappy reviews at {place} than usual.",
    "incident_total": "In all there were {unhappy} since {moment}.",
    "incident_untold": "{untold} came after the last message.",
    "incident_answered": "Answered by now: {answered} of {total}.",
    "incident_waiting": "Still waiting for an answer: {waiting}.",
    "incident_stars_since": "Since then: {reviews}, {stars} stars on average.",
    "incident_act_link": "See them all: {url}",
    "incident_act_command": "See them all with `repmon reviews --unhappy`.",
    # Why an alert went another way
    "rule_folded": "It matched ({met}), but an incident is open at this place: it is told with that.",
    "incident_folded": "Folded into incident {incident}; “{rule}” would have sent it.",
    "incident_channels": "No rule names incidents, so it went to whoever would hear of its reviews: {channels}.",
    "escalation_step": "Unanswered for {after}: it went to {channels}.",
    # Sources: is the silence normal?
    "source_calm": "Read {ok} of {polls} times; nothing new in {days} days is normal here (about {per_week} a week).",
    "source_calm_days": "Read {ok} of {polls} times; nothing new in {days} days is normal here (about 1 in {every} "
    "days).",
    "source_silent": "Read {ok} of {polls} times; 0 new reviews in {days} days, {expected} would be usual: check the "
    "connector.",
}
