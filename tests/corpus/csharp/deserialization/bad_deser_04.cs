public class Sample
{
    public object FromViewState(string data)
    {
        var f = new LosFormatter();  // expect: CWE-502
        return f.Deserialize(data);
    }
    public object Net(Stream s) => new NetDataContractSerializer().Deserialize(s);  // expect: CWE-502
}
