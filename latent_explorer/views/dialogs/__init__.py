"""Questions and sheets: functions that ask and give the answer back."""
