using System.Collections.Generic;

public class Accept
{
    private const string Any = "*";

    public bool AllowAnyOrigin(ICollection<string> origins) => origins.Contains(Any);
}
