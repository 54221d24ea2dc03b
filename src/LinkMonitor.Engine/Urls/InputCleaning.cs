using System.Buffers;

namespace LinkMonitor.Engine.Urls;

/// <summary>What the basic URL parser drops before it starts: controls and spaces at both ends, tabs and newlines anywhere.</summary>
internal static class InputCleaning
{
    private static readonly SearchValues<char> TabOrNewline = SearchValues.Create("\t\n\r");

    public static ReadOnlySpan<char> Clean(string input)
    {
        var start = 0;
        var end = input.Length;
        while (start < end && input[start] <= ' ') start++;
        while (end > start && input[end - 1] <= ' ') end--;

        var text = input.AsSpan(start, end - start);
        return text.ContainsAny(TabOrNewline) ? WithoutTabsAndNewlines(text) : text;
    }

    private static char[] WithoutTabsAndNewlines(ReadOnlySpan<char> text)
    {
        var kept = new char[text.Length];
        var count = 0;
        foreach (var c in text)
            if (c is not ('\t' or '\n' or '\r')) kept[count++] = c;

        return kept[..count];
    }
}
