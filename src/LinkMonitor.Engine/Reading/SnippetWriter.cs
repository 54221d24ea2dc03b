using System.Text;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>Writes the HTML of one element up to a length, without recursion and without ever writing the rest.</summary>
internal static class SnippetWriter
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>The element as https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments writes it, cut.</summary>
    public static string Write(PageElement element)
    {
        var output = new StringBuilder();
        for (PageNode? node = element; node is not null && output.Length < MaxLength;)
        {
            Open(output, node);
            if (node is PageElement { FirstChild: { } child })
            {
                node = child;
                continue;
            }

            Close(output, node);
            while (!ReferenceEquals(node, element) && node.Next is null)
                Close(output, node = node.Parent!);
            node = ReferenceEquals(node, element) ? null : node.Next;
        }

        return Cut(output);
    }

    private static void Close(StringBuilder output, PageNode node)
    {
        if (node is PageElement element && !TagNames.Void.Contains(element.Name))
            output.Append("</").Append(element.Name).Append('>');
    }

    private static void Open(StringBuilder output, PageNode node)
    {
        if (node is PageElement element)
        {
            output.Append('<').Append(element.Name);
            foreach (var attribute in element.Attributes)
            {
                if (output.Length >= MaxLength)
                    break;
                output.Append(' ').Append(attribute.Name).Append("=\"");
                Escape(output, attribute.Value, isAttribute: true);
                output.Append('"');
            }

            output.Append('>');
        }
        else if (node is PageText text)
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
