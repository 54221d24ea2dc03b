using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkMonitor.Engine.Naming;

/// <summary>
/// The names that enum members carry outside the process (JSON, table columns, the command line), taken from
/// <see cref="JsonStringEnumMemberNameAttribute"/> so that one word is spelled in one place.
/// </summary>
public static class WireName
{
    /// <summary>The wire name of a member, for example <c>link-removed</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a defined member.</exception>
    public static string Of<TEnum>(TEnum value) where TEnum : struct, Enum =>
        Names<TEnum>.Of(value) ?? throw new ArgumentOutOfRangeException(nameof(value), value, $"Not a defined {typeof(TEnum).Name}.");

    /// <summary>Finds the member with a wire name, ignoring case. False when there is none.</summary>
    public static bool TryParse<TEnum>([NotNullWhen(true)] string? name, out TEnum value) where TEnum : struct, Enum
    {
        value = default;
        if (name is null || !Names<TEnum>.ByName.TryGetValue(name, out var number))
            return false;
        value = Unsafe.BitCast<int, TEnum>(number);
        return true;
    }

    /// <summary>
    /// The member with a wire name that this program wrote itself.
    /// </summary>
    /// <exception cref="FormatException">The stored name is unknown: written by a newer version, or damaged.</exception>
    public static TEnum Parse<TEnum>(string name) where TEnum : struct, Enum =>
        TryParse<TEnum>(name, out var value) ? value : throw new FormatException($"'{name}' is not a known {typeof(TEnum).Name}.");

    /// <summary>All wire names, in the order of declaration.</summary>
    public static IReadOnlyList<string> All<TEnum>() where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(Of)];

    // By number, not by member: .NET has the code of such dictionaries, and would compile it anew for each enum at the start.
    private static class Names<TEnum> where TEnum : struct, Enum
    {
        private static readonly Dictionary<int, string> ByValue = EnumNames.Read(typeof(TEnum));

        public static readonly Dictionary<string, int> ByName = EnumNames.Turn(ByValue);

        public static string? Of(TEnum value) => ByValue.GetValueOrDefault(Unsafe.BitCast<TEnum, int>(value));
    }

    private static class EnumNames
    {
        public static Dictionary<int, string> Read(Type type)
        {
            var names = new Dictionary<int, string>();
            foreach (var member in Enum.GetNames(type))
                names.TryAdd((int)Enum.Parse(type, member), NameOf(type, member));
            return names;
        }

        public static Dictionary<string, int> Turn(Dictionary<int, string> names)
        {
            var values = new Dictionary<string, int>(names.Count, StringComparer.OrdinalIgnoreCase);
            foreach (var (value, name) in names)
                values.Add(name, value);
            return values;
        }

        private static string NameOf(Type type, string member) =>
            type.GetField(member)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
            ?? JsonNamingPolicy.KebabCaseLower.ConvertName(member);
    }
}

/// <summary>
/// Reads and writes an enum by its <see cref="WireName"/>; an unknown name is a <see cref="JsonException"/> that lists the known ones.
/// </summary>
/// <typeparam name="TEnum">An enum without combined values.</typeparam>
public sealed class WireNameJsonConverter<TEnum> : JsonConverter<TEnum> where TEnum : struct, Enum
{
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return WireName.TryParse<TEnum>(name, out var value)
            ? value
            : throw new JsonException($"Expected one of {string.Join(", ", WireName.All<TEnum>())}.");
    }

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WireName.Of(value));
}
