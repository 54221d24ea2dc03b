using System.Globalization;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// OData literals for filters:
/// https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities#constructing-filter-strings.
/// </summary>
internal static class QueryFilter
{
    public static string Create(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var literals = new object[filter.ArgumentCount];
        for (var i = 0; i < literals.Length; i++)
            literals[i] = Literal(filter.GetArgument(i), i);
        return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
    }

    private static string Literal(object? value, int index) => value switch
    {
        string text => Quote(text),
        char letter => Quote(letter.ToString()),
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        double real => Double(real),
        DateTimeOffset moment => $"datetime'{EntityWriter.Literal(moment)}'",
        Guid id => $"guid'{id:D}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        null => throw new ArgumentException($"Value {index} of the filter is null, and a stored entity never holds a null.", nameof(value)),
        _ => throw new ArgumentException(
            $"Value {index} of the filter is a {value.GetType().Name}, which has no OData literal.", nameof(value)),
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // Without a point or an exponent the literal would be an Int32.
    private static string Double(double real)
    {
        if (!double.IsFinite(real))
            return double.IsNaN(real) ? "NaN" : real > 0 ? "INF" : "-INF";
        var text = real.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }
}
