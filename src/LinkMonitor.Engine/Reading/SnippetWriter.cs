using System.Text;
using AngleSharp.Dom;

namespace LinkMonitor.Engine.Reading;

/// <summary>Writes the HTML of one element up to a length, without recursion and without ever writing the rest.</summary>
internal static class SnippetWriter
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>The element as https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments writes it, cut.</summary>
    public static string Write(IElement element)
    {
        var output = new StringBuilder();
        var path = new Stack<(INode Node, int Next)>();
        path.Push((element, -1));
        while (path.Count > 0 && output.Length < MaxLength)
        {
            var (node, next) = path.Pop();
            if (next < 0)
                Open(output, node);
            next = Math.Max(next, 0);
            if (next < node.ChildNodes.Length)
            {
                path.Push((node, next + 1));
                path.Push((node.ChildNodes[next], -1));
            }
            else if (node is IElement closed && TagClasses.Of(closed.LocalName) is not TagClass.Void)
                output.Append("</").Append(closed.LocalName).Append('>');
        }

        return Cut(output);
    }

    private static void Open(StringBuilder output, INode node)
    {
        if (node is IElement element)
        {
            output.Append('<').Append(element.LocalName);
            for (var i = 0; i < element.Attributes.Length && output.Length < MaxLength; i++)
            {
                output.Append(' ').Append(element.Attributes[i]!.Name).Append("=\"");
                Escape(output, element.Attributes[i]!.Value, isAttribute: true);
                output.Append('"');
            }

            output.Append('>');
        }
        else if (node is IText text)
            Escape(output, text.Data, isAttribute: false);
    }

    private static void Escape(StringBuilder output, string text, bool isAttribute)
    {
        for (var i = 0; i < text.Length && output.Length < MaxLength; i++)
        {
            _ = text[i] switch
            {
                '&' => output.Append("&amp;"),
                '\u00A0' => output.Append("&nbsp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                '"' when isAttribute => output.Append("&quot;"),
                var other => output.Append(other),
            };
        }
    }

    private static string Cut(StringBuilder output)
    {
        var length = Math.Min(output.Length, MaxLength);
        if (length == MaxLength && char.IsHighSurrogate(output[length - 1]))
            length--;
        return output.ToString(0, length);
    }
}
