using System.Text.Json;
using Azure.Data.Tables;

namespace LinkMonitor.Storage.Tables;

/// <summary>How many bytes a row takes in a transaction.</summary>
internal static class RowSize
{
    // Boundaries, request line and headers of a part, beside the address of the row.
    private const int Envelope = 1_024;

    // Name, quotes, type annotation and separators of a column, beside its name and value.
    private const int Column = 64;

    // A character outside ASCII, or one that JSON escapes, becomes six.
    private const int MostBytesPerChar = 6;

    /// <summary>Never less than the row takes; cheap.</summary>
    public static long AtMost(TableEntity row) => Sum(row, text => (long)text.Length * MostBytesPerChar);

    /// <summary>What the row takes, give or take its envelope.</summary>
    public static long Of(TableEntity row) => Sum(row, text => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length);

    private static long Sum(TableEntity row, Func<string, long> size)
    {
        long sum = Envelope;
        foreach (var (name, value) in row)
            sum += Column + (2L * name.Length) + value switch
            {
                null => 0,
                string text => size(text),
                byte[] bytes => ((bytes.LongLength + 2) / 3) * 4,
                _ => 0,
            };
        return sum;
    }
}
