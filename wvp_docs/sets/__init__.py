"""The three packages of one case: for UWV, for the employee, and for the closed envelope."""
