using System.Text;

namespace LinkMonitor.Engine.Reading;

/// <summary>Finds the encoding in an XML declaration, which browsers heed in HTML, too: https://html.spec.whatwg.org/multipage/parsing.html#xml-encoding</summary>
internal static class XmlDeclaration
{
    /// <summary>The encoding's name; null when there is no declaration, or its label is unknown. UTF-16 is read as UTF-8: the declaration itself is ASCII.</summary>
    public static string? Find(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)'>');
        if (end < 0 || !body.StartsWith("<?xml"u8))
            return null;
        var text = Encoding.Latin1.GetString(body[..Math.Min(end, MetaPrescan.Length)]);
        var start = text.IndexOf("encoding", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var rest = text[(start + "encoding".Length)..].TrimStart(' ', '\t', '\r', '\n');
        if (!rest.StartsWith('='))
            return null;
        rest = rest[1..].TrimStart(' ', '\t', '\r', '\n');
        if (rest is not ['"' or '\'', ..] || rest.IndexOf(rest[0], 1) is not (> 0 and var quote))
            return null;
        var name = EncodingLabels.NameOf(rest[1..quote]);
        return name is "utf-16le" or "utf-16be" ? "utf-8" : name;
    }
}
