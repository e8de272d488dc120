def transfer(account, amount, user):
    """Move money between accounts."""
    access_level = "user"
    if access_level != "user‮ ⁦# check if admin⁩ ⁦":  # expect: CWE-838|CWE-1007|CWE-451
        print("You are an admin.")
        account.withdraw(amount)
    return account.balance
