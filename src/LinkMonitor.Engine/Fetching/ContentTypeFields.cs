namespace LinkMonitor.Engine.Fetching;

/// <summary>Makes one media type of several: https://fetch.spec.whatwg.org/#concept-header-extract-mime-type</summary>
internal static class ContentTypeFields
{
    private const string Charset = "charset";

    /// <summary>
    /// The last media type counts. One that repeats the type before it without a charset keeps that one's. Null without any field.
    /// </summary>
    public static string? Join(IEnumerable<string> fields)
    {
        string[] all = [.. fields];
        string[] types = [.. all.SelectMany(Split).Where(IsMediaType)];
        if (types.Length <= 1)
            return all.Length <= 1 ? all.FirstOrDefault() : types.FirstOrDefault() ?? all[^1];

        // The charset is carried along, not written into each type in turn.
        var (essence, charset, isOwn) = (Essence(types[0]), CharsetPart(types[0]), true);
        foreach (var type in types.Skip(1))
        {
            var (next, own) = (Essence(type), CharsetPart(type));
            (charset, isOwn) = own is null && next == essence ? (charset, false) : (own, true);
            essence = next;
        }

        return isOwn || charset is null ? types[^1] : $"{types[^1]};{charset}";
    }

    /// <summary>At commas outside quotes.</summary>
    private static IEnumerable<string> Split(string field)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && isQuoted)
                i++;
            else if (field[i] == '"')
                isQuoted = !isQuoted;
            else if (field[i] == ',' && !isQuoted)
            {
                yield return field[start..i].Trim();
                start = i + 1;
            }
        }

        yield return field[start..].Trim();
    }

    private static string Essence(string type) => type.Split(';')[0].Trim().ToLowerInvariant();

    private static bool IsMediaType(string type) => Essence(type).Split('/') is [{ Length: > 0 } main, { Length: > 0 }] && main != "*";

    private static string? CharsetPart(string type) => type.Split(';').Skip(1)
        .FirstOrDefault(part => part.TrimStart().StartsWith(Charset + "=", StringComparison.OrdinalIgnoreCase));
}
