using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
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
        Names<TEnum>.ByValue.TryGetValue(value, out var name)
            ? name
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Not a defined {typeof(TEnum).Name}.");

    /// <summary>Finds the member with a wire name, ignoring case. False when there is none.</summary>
    public static bool TryParse<TEnum>([NotNullWhen(true)] string? name, out TEnum value) where TEnum : struct, Enum
    {
        value = default;
        return name is not null && Names<TEnum>.ByName.TryGetValue(name, out value);
    }

    /// <summary>
    /// The member with a wire name that this program wrote itself.
    /// </summary>
    /// <exception cref="FormatException">The stored name is unknown: written by a newer version, or damaged.</exception>
    public static TEnum Parse<TEnum>(string name) where TEnum : struct, Enum =>
        TryParse<TEnum>(name, out var value) ? value : throw new FormatException($"'{name}' is not a known {typeof(TEnum).Name}.");

    /// <summary>All wire names, in the order of declaration.</summary>
    public static IReadOnlyList<string> All<TEnum>() where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(Of)];

    private static class Names<TEnum> where TEnum : struct, Enum
    {
        public static readonly FrozenDictionary<TEnum, string> ByValue =
            Enum.GetValues<TEnum>().ToFrozenDictionary(value => value, NameOf);

        public static readonly FrozenDictionary<string, TEnum> ByName =
            ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

        private static string NameOf(TEnum value)
        {
            var member = Enum.GetName(value)!;
            var attribute = typeof(TEnum).GetField(member)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>();
            return attribute?.Name ?? JsonNamingPolicyKebab(member);
        }

        private static string JsonNamingPolicyKebab(string member) =>
            System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(member);
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
