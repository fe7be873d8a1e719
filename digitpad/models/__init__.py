"""Networks with their weights and cards, and which of them there are; what ships lies in `shipped/`."""
