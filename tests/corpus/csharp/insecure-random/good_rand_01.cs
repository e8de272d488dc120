public class Sample
{
    public string CreateResetToken()
    {
        return Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
    }
    public Color PickColor()
    {
        var random = new Random();
        return Palette[random.Next(Palette.Length)];
    }
}
