using System.Text;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Plain text with hanging indents, wrapped at word boundaries; a longer word (a URL) gets a line of its own, whole.</summary>
internal sealed class TextLayout
{
    public const int Width = 78;

    private readonly StringBuilder _text = new();

    public TextLayout Line(string text = "") => Hanging("", "", text);

    /// <summary>A first line that begins with <paramref name="lead"/>; the following ones are indented to its width.</summary>
    public TextLayout Hanging(string indent, string lead, string text)
    {
        var next = indent + new string(' ', lead.Length);
        var line = new StringBuilder(indent + lead);
        var isFresh = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isFresh && line.Length + 1 + word.Length > Width)
            {
                End(line);
                line.Clear().Append(next);
                isFresh = true;
            }

            line.Append(isFresh ? "" : " ").Append(word);
            isFresh = false;
        }

        End(line);
        return this;
    }

    public TextLayout Rule(char with)
    {
        _text.Append(with, Width).Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();

    private void End(StringBuilder line) => _text.Append(line.ToString().TrimEnd()).Append('\n');
}
