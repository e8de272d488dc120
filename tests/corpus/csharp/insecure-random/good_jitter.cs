using System;
using System.Threading.Tasks;

public class Retry
{
    public Task Wait(int attempt)
    {
        var delay = Math.Pow(2, attempt) * 100 + Random.Shared.Next(100);
        return Task.Delay(TimeSpan.FromMilliseconds(delay));
    }
}
