"""退回修改: the workbooks that go back to the units. What is asked, the original opened, marked, listed, packed."""
