public class Biscuit
{
    public bool HttpOnly { get; set; }
    public bool Secure { get; set; }
}

public class Bakery
{
    public Biscuit Bake() => new Biscuit { HttpOnly = false, Secure = false };
}
