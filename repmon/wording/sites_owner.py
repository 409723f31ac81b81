"""What is said about answers of Google Places, Yelp, Trustpilot, Tripadvisor, Facebook and Judge.me."""

SENTENCES: dict[str, str] = {
    "facebook_no_reviews": "Facebook gives no recommendations for {page}; whether there are none is unknown.",
    "google_places_no_reviews": "Google shows no reviews for {place}.",
    "judgeme_no_reviews": "Judge.me has no reviews for {shop}.",
    "tripadvisor_no_reviews": "Tripadvisor shows no reviews for {location} in {language}.",
    "trustpilot_no_login": "Replies on Trustpilot need the settings api_secret and business_user.",
    "trustpilot_no_reviews": "Trustpilot shows no reviews for this business unit.",
    "yelp_no_reviews": "Yelp shows no reviews for {business}.",
}
