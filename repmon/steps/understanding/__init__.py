"""How a review is read: its language, what its words weigh, what it talks about, with a reason for everything."""
