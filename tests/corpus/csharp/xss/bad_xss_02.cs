public class Page
{
    public IHtmlContent Render(IHtmlHelper html, Comment comment)
    {
        return html.Raw($"<p>{comment.Body}</p>");  // expect: CWE-79
    }
}
