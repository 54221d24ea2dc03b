using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace LinkMonitor.Hosting.Settings;

/// <summary>Finds values that cannot be read, and says what may be written: the binder only names a .NET type.</summary>
internal static class SettingValues
{
    private const int MostShown = 60;

    /// <summary>What is wrong, a line each, with the setting's name.</summary>
    public static IEnumerable<(string Name, string Told)> Failures(IConfiguration configuration, KnownSettings known)
    {
        foreach (var name in known.Names.Order(StringComparer.Ordinal))
        {
            if (known.Find(name) is { } property && configuration[name] is { Length: > 0 } value
                && Wrong(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, value, Range(property)) is { } wrong)
                yield return (name, $"{name} is '{(value.Length <= MostShown ? value : value[..MostShown] + "…")}'. {wrong}");
        }
    }

    private static RangeAttribute? Range(System.Reflection.PropertyInfo property) =>
        property.GetCustomAttributes(typeof(RangeAttribute), inherit: false).OfType<RangeAttribute>().FirstOrDefault();

    private static string? Wrong(Type type, string value, RangeAttribute? range)
    {
        var allowed = range is null
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $", from {range.Minimum} to {range.Maximum}");
        if (type == typeof(TimeSpan))
            return WrongDuration(value, range, allowed);
        if (type == typeof(int) || type == typeof(long))
            return long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) && IsIn(whole, range)
                ? null : $"Use a whole number{allowed}.";
        if (type == typeof(double))
            return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && IsIn(number, range)
                ? null : $"Use a number such as 0.5{allowed}.";
        if (type == typeof(bool))
            return bool.TryParse(value, out _) ? null : "Use true or false.";
        if (type.IsEnum)
            return Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase)
                ? null
                : $"Use one of {string.Join(", ", Enum.GetNames(type))}.";
        return type == typeof(Uri) && !Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _) ? "Use an address such as "
            + "https://example.org." : null;
    }

    private static string? WrongDuration(string value, RangeAttribute? range, string allowed)
    {
        if (!TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var duration))
            return $"Write a duration as [days.]hours:minutes:seconds, for example 00:05:00 for five minutes{allowed}.";
        if (range is null || IsIn(duration, range))
            return null;
        var days = value.All(char.IsAsciiDigit) ? " A number alone means days." : string.Empty;
        return $"Write a duration as [days.]hours:minutes:seconds{allowed}.{days}";
    }

    private static bool IsIn(double value, RangeAttribute? range) => range is null
        || (value >= Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture)
            && value <= Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));

    private static bool IsIn(TimeSpan value, RangeAttribute range)
    {
        var converter = TypeDescriptor.GetConverter(typeof(TimeSpan));
        return value >= (TimeSpan)converter.ConvertFromInvariantString((string)range.Minimum)!
            && value <= (TimeSpan)converter.ConvertFromInvariantString((string)range.Maximum)!;
    }
}
