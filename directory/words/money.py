"""How prices and pay are said."""

from decimal import Decimal

COST_UNITS = {
    "pupil": "for each pupil",
    "person": "for each person",
    "group": "for a group",
    "session": "a session",
    "course": "for the course",
}
PAY_UNITS = {"hour": "an hour", "week": "a week", "year": "a year"}


def money_words(amount: Decimal) -> str:
    """An amount in pounds: "£4", "£4.50", "£1,200". Raises ValueError if it is negative."""
    if amount < 0:
        raise ValueError("An amount of money cannot be negative.")
    pounds = amount.quantize(Decimal("0.01"))
    return f"£{pounds:,.0f}" if pounds == pounds.to_integral_value() else f"£{pounds:,.2f}"


def price_words(amount: Decimal, unit: str) -> str:
    """An amount and what it is for: "£4 for each pupil"."""
    return " ".join(filter(None, (money_words(amount), COST_UNITS.get(unit, ""))))


def cost_words(kind: str, amount: Decimal | None, unit: str = "", family_price: Decimal | None = None) -> str:
    """What it costs, in one line for a card: "Free", "Free if eligible, or £180", "£4 for each pupil".

    `family_price` is what the Family of Schools pays (0: nothing, None: as everybody).
    """
    if kind == "free" or (kind == "paid" and amount == 0):
        return "Free"
    if kind == "free_if_eligible":
        return f"Free if eligible, or {money_words(amount)}" if amount else "Free if eligible"
    if family_price == 0:
        return "Free for Family of Schools"
    if amount is None:
        return "Ask for the price"
    if family_price is not None and family_price != amount:
        return f"{price_words(amount, unit)}, {money_words(family_price)} for Family of Schools"
    return price_words(amount, unit)


def cost_note(kind: str, amount: Decimal | None, unit: str = "", family_price: Decimal | None = None) -> str:
    """What the line of `cost_words` left out: "others pay £4 for each pupil"; empty if nothing."""
    if kind == "paid" and family_price == 0 and amount:
        return f"others pay {price_words(amount, unit)}"
    return ""


def pay_words(amount: Decimal, unit: str) -> str:
    """What is paid to the person: "£13.85 an hour"."""
    return " ".join(filter(None, (money_words(amount), PAY_UNITS.get(unit, ""))))
