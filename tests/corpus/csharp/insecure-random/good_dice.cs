using System;

public class Dice
{
    private readonly Random _random = new Random(42);

    public int Roll() => _random.Next(1, 7);
}
