public class CsvFormatter
{
    public string[] Deserialize(string line) => line.Split(',');
}

public class Rows
{
    public int Columns(string line)
    {
        var formatter = new CsvFormatter();
        return formatter.Deserialize(line).Length;
    }
}
