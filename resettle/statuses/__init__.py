"""What people live on, and how far they are: work, benefit, English, dated and coded."""
