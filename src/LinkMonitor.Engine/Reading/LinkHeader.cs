namespace LinkMonitor.Engine.Reading;

/// <summary>Finds a canonical URL in Link header fields. Source: https://www.rfc-editor.org/rfc/rfc8288#section-3</summary>
internal static class LinkHeader
{
    /// <summary>The targets with the relation canonical, as written, without those for some readers only.</summary>
    public static IEnumerable<string> Canonicals(IEnumerable<string> fields) => fields
        .SelectMany(Targets)
        .Where(static link => link.IsForAll && link.Relations.Contains("canonical", StringComparer.OrdinalIgnoreCase))
        .Select(static link => link.Target);

    private static IEnumerable<(string Target, string[] Relations, bool IsForAll)> Targets(string field)
    {
        var position = 0;
        while (field.IndexOf('<', position) is >= 0 and var open && field.IndexOf('>', open) is >= 0 and var close)
        {
            var end = EndOfParameters(field, close + 1);
            yield return (field[(open + 1)..close].Trim(), Relations(field[(close + 1)..end]), IsForAll(field[(close + 1)..end]));
            position = end;
        }
    }

    private static bool IsForAll(string parameters) =>
        !parameters.Split(';').Any(
            static parameter => parameter.Split('=')[0].Trim().ToLowerInvariant() is "media" or "hreflang" or "type");

    /// <summary>The comma that ends a link, outside quotes.</summary>
    private static int EndOfParameters(string field, int from)
    {
        var isQuoted = false;
        for (var i = from; i < field.Length; i++)
        {
            if (field[i] == '\\' && isQuoted)
                i++;
            else if (field[i] == '"')
                isQuoted = !isQuoted;
            else if (field[i] == ',' && !isQuoted)
                return i;
        }

        return field.Length;
    }

    private static string[] Relations(string parameters)
    {
        foreach (var parameter in parameters.Split(';'))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && parameter[..equals].Trim().Equals("rel", StringComparison.OrdinalIgnoreCase))
                return parameter[(equals + 1)..].Trim().Trim('"').Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        }

        return [];
    }
}
