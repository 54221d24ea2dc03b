using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Rows;

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
        text.Substring(part * StoredText.MaxColumnLength, Math.Min(StoredText.MaxColumnLength, text.Length - (part * StoredText.MaxColumnLength)));
}
