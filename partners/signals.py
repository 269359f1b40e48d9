"""What rooms above want to hear of partners at once, inside the transaction."""

from django.dispatch import Signal

# A partner is being suspended. Sent with `partner` and `user`. A receiver takes back what waits for the officers of
# what belongs to the partner, and answers with the keys of those moderations (WorkflowState).
partner_suspended = Signal()
