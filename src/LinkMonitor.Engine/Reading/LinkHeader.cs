namespace LinkMonitor.Engine.Reading;

/// <summary>Finds a canonical URL in Link header fields. Source: https://www.rfc-editor.org/rfc/rfc8288#section-3</summary>
internal static class LinkHeader
{
    /// <summary>The first target with the relation canonical, as written; null when there is none.</summary>
    public static string? Canonical(IEnumerable<string> fields) =>
        fields.SelectMany(Targets).FirstOrDefault(static link => link.Relations.Contains("canonical", StringComparer.OrdinalIgnoreCase)).Target;

    private static IEnumerable<(string Target, string[] Relations)> Targets(string field)
    {
        var position = 0;
        while (field.IndexOf('<', position) is >= 0 and var open && field.IndexOf('>', open) is >= 0 and var close)
        {
            var end = EndOfParameters(field, close + 1);
            yield return (field[(open + 1)..close].Trim(), Relations(field[(close + 1)..end]));
            position = end;
        }
    }

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
