"""What is said about answers of Steam, WooCommerce and WordPress.org."""

SENTENCES: dict[str, str] = {
    "steam_no_reviews": "Steam shows no reviews for {app}.",
    "woocommerce_no_list": "The shop answered no list of reviews; look at its permalinks and its firewall.",
    "woocommerce_no_reviews": "The shop has no product reviews.",
    "wordpress_no_reviews": "WordPress.org shows no reviews for {slug}.",
}
