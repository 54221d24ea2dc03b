using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>Keeps what comes from the web within what a column holds: 64 KiB, that is 32,768 UTF-16 units.</summary>
/// <remarks>
/// Source: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#property-types
/// </remarks>
public static class StoredText
{
    /// <summary>
    /// The longest URL of a page or a target that may be watched, in characters. The API refuses longer ones. Browsers and sitemaps
    /// stop at 2,048 to 2,083 (https://www.sitemaps.org/protocol.html).
    /// </summary>
    public const int MaxUrlLength = 2_083;

    /// <summary>
    /// Texts of evidence, reasons and baselines are stored whole up to this many characters, so the engine must not compare longer ones:
    /// a text that was cut in storage differs from the same text read again.
    /// </summary>
    public const int MaxLength = 4_096;

    internal const int MaxColumnLength = 32_000;
    internal const string CutMark = "…";
    private const int MinLength = 16;

    /// <summary>A text of at most <paramref name="maxLength"/> characters; one that was cut ends with an ellipsis.</summary>
    internal static string? Cut(string? text, int maxLength)
    {
        if (text is null || text.Length <= maxLength)
            return text;

        var length = maxLength - CutMark.Length;
        if (char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length] + CutMark;
    }

    /// <summary>
    /// JSON that fits a column: the texts of the value are cut as little as it takes. Escapes make up to six characters of one, so the
    /// limit is on the JSON, not on the texts.
    /// </summary>
    /// <param name="cut">A copy whose texts have at most so many characters, and whose lists have at most so many items.</param>
    /// <exception cref="InvalidOperationException">It does not fit, however short the texts.</exception>
    internal static string Fit<T>(T value, JsonTypeInfo<T> type, Func<T, int, T> cut)
    {
        for (var limit = MaxLength; limit >= MinLength; limit /= 2)
        {
            var json = JsonSerializer.Serialize(cut(value, limit), type);
            if (json.Length <= MaxColumnLength)
                return json;
        }

        throw new InvalidOperationException($"A {typeof(T).Name} does not fit a column.");
    }
}

/// <summary>Text that may need more than one column: <c>name</c>, <c>name2</c>, <c>name3</c> and so on.</summary>
internal static class LongText
{
    /// <summary>With ten full columns a row is still under the megabyte that the service takes.</summary>
    public const int MaxLength = 10 * StoredText.MaxColumnLength;

    /// <exception cref="RowTooLargeException">Longer than <see cref="MaxLength"/>.</exception>
    public static void Write(TableEntity row, string column, string text)
    {
        if (text.Length > MaxLength)
            throw new RowTooLargeException(column, $"{text.Length} characters do not fit into '{column}'; at most {MaxLength} do.");
        row[column] = Part(text, 0);
        for (var part = 1; part * StoredText.MaxColumnLength < text.Length; part++)
            row[Name(column, part)] = Part(text, part);
    }

    /// <exception cref="FormatException">The column is missing.</exception>
    public static string Read(TableEntity row, string column)
    {
        var text = row.Text(column);
        for (var part = 1; row.GetString(Name(column, part)) is { } more; part++)
            text += more;
        return text;
    }

    private static string Name(string column, int part) => $"{column}{part + 1}";

    private static string Part(string text, int part) =>
        text.Substring(
            part * StoredText.MaxColumnLength, Math.Min(StoredText.MaxColumnLength, text.Length - (part * StoredText.MaxColumnLength)));
}
