using System.Web.UI;

public class ViewState
{
    public object Read(string text)
    {
        return new LosFormatter().Deserialize(text); // expect: CWE-502
    }
}
