"""Who may: opening a list by the number that somebody reads out."""

from accounts.rules import is_adviser, is_officer

#: At the desk and on the telephone, officers and advisers help people who hold a paper with a number.
may_open_lists_by_number = is_officer | is_adviser
