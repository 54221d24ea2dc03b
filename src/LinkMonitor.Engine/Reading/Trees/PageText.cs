using System.Text;

namespace LinkMonitor.Engine.Reading.Trees;

internal sealed class PageText(string text) : PageNode
{
    private string _text = text;
    private StringBuilder? _more;

    public string Data
    {
        get
        {
            if (_more is not null)
                (_text, _more) = (_more.ToString(), null);
            return _text;
        }
    }

    /// <summary>In time linear in what is appended, however often it is.</summary>
    public void Append(string text) => (_more ??= new StringBuilder(_text)).Append(text);
}
