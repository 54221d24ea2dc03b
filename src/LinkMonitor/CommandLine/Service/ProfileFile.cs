using System.Globalization;
using System.Text.Json;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Service;

/// <summary>The file of profiles. What is in it and cannot be meant is reported, because a misspelt field would just not count.</summary>
internal static class ProfileFile
{
    private const string Example = "Write for example "
        + "{\"default\":{\"url\":\"https://links.example.org\",\"key\":\"lm_…\",\"project\":\"…\"}}.";

    private static readonly string[] Fields = ["url", "key", "project"];

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The profiles by name.</summary>
    /// <exception cref="ServiceFailureException">The file cannot be read, or something in it is none of a profile.</exception>
    public static Dictionary<string, ProfileEntry> Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file), Options);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw Wrong(file, $"it is not an object of profiles. {Example}");
            var profiles = new Dictionary<string, ProfileEntry>(StringComparer.Ordinal);
            foreach (var profile in json.RootElement.EnumerateObject())
                profiles[profile.Name] = ReadProfile(file, profile);
            return profiles;
        }
        catch (JsonException e)
        {
            // It counts from 0.
            var place = e.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1} is not JSON")
                : "it is not JSON";
            throw Wrong(file, $"{place}. {Example}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServiceFailureException($"{file} cannot be read: {e.Message}", ExitCodes.Unavailable);
        }
    }

    private static ProfileEntry ReadProfile(string file, JsonProperty profile)
    {
        if (profile.Value.ValueKind != JsonValueKind.Object)
        {
            var asField = Fields.Contains(profile.Name, StringComparer.OrdinalIgnoreCase)
                ? " It is a field of a profile and belongs inside one." : string.Empty;
            throw Wrong(file, $"'{profile.Name}' is not an object.{asField} {Example}");
        }

        var entry = new ProfileEntry();
        foreach (var field in profile.Value.EnumerateObject())
        {
            if (field.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                throw Wrong(file, $"'{field.Name}' of the profile '{profile.Name}' is not text. Put it in quotation marks.");
            var value = field.Value.GetString();
            entry = field.Name.ToUpperInvariant() switch
            {
                "URL" => entry with { Url = value },
                "KEY" => entry with { Key = value },
                "PROJECT" => entry with { Project = value },
                _ => throw Wrong(file, $"the profile '{profile.Name}' has no field '{field.Name}'. Did you mean "
                    + $"'{Fields.MinBy(known => Spelling.Distance(known, field.Name))}'? "
                    + "The fields are url, key and project."),
            };
        }

        return entry;
    }

    private static ServiceFailureException Wrong(string file, string why) => new($"{file} cannot be used: {why}", ExitCodes.Unavailable);
}

/// <summary>A profile as the file has it; all parts may be absent.</summary>
/// <param name="Project">An id or a name.</param>
internal sealed record ProfileEntry(string? Url = null, string? Key = null, string? Project = null);
