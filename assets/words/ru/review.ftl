# Comparing, agreement, adjudication, threads, assignments.
