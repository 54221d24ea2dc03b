using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Mail;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Wording;

namespace LinkMonitor.Projects;

/// <summary>Puts a request's fields into a project and says what is wrong with them.</summary>
internal static class ProjectRequestReader
{
    private const int MaxNameLength = 200;
    private const int MaxSenderNameLength = 100;
    private const int MaxLogoLength = 2_000;
    private const int MaxRecipients = 50;
    private const int MaxMinutes = 30 * 24 * 60;
    private const int MinMinutes = 60;

    /// <summary>
    /// The project with every given field set, and null ones set back to their defaults; meaningless when <paramref name="errors"/> has
    /// any.
    /// </summary>
    /// <param name="body">The same request, which tells null from absent.</param>
    public static Project Apply(ProjectRequest request, JsonElement body, Project project, FieldErrors errors)
    {
        if (JsonBody.Resets(body, "name"))
            errors.AddIfNone("name", "A project cannot be without it. Leave the field out to keep its value.");
        project = Reset(project, body);
        if (request.Name is { } name)
            project = project with { Name = ReadName(name, errors) };
        if (request.Recipients is { } recipients)
            project = project with { Recipients = ReadRecipients(recipients, errors) };
        if (request.TimeZone is { } zone)
            project = project with { TimeZone = ReadTimeZone(zone, errors) };
        if (request.SenderName is { } sender)
            project = project with { SenderName = ReadSenderName(sender, errors) };
        if (request.Language is { } language)
            project = project with { Language = ReadLanguage(language, errors) };
        if (request.LogoUrl is { } logo)
            project = project with { LogoUrl = ReadLogo(logo, errors) };
        if (request.CheckEveryMinutes is { } minutes)
            project = project with { CheckEvery = ReadMinutes("checkEveryMinutes", minutes, errors) };
        if (request.Confirmation is { } confirmation)
            project = project with { Confirmation = ReadConfirmation(confirmation, project.Confirmation, errors) };
        return project with
        {
            ObeyRobots = request.ObeyRobots ?? project.ObeyRobots,
            CheckTargets = request.CheckTargets ?? project.CheckTargets,
        };
    }

    private static Project Reset(Project project, JsonElement body)
    {
        var initial = new Project { Id = project.Id, Name = project.Name, CreatedAt = project.CreatedAt };
        T Of<T>(string field, Func<Project, T> value) => value(JsonBody.Resets(body, field) ? initial : project);
        return project with
        {
            Recipients = Of("recipients", from => from.Recipients),
            TimeZone = Of("timeZone", from => from.TimeZone),
            SenderName = Of("senderName", from => from.SenderName),
            Language = Of("language", from => from.Language),
            LogoUrl = Of("logoUrl", from => from.LogoUrl),
            CheckEvery = Of("checkEveryMinutes", from => from.CheckEvery),
            ObeyRobots = Of("obeyRobots", from => from.ObeyRobots),
            CheckTargets = Of("checkTargets", from => from.CheckTargets),
            Confirmation = Reset(Of("confirmation", from => from.Confirmation), body),
        };
    }

    private static ConfirmationPolicy Reset(ConfirmationPolicy policy, JsonElement body)
    {
        var rules = Field(body, "confirmation");
        var initial = ConfirmationPolicy.Default;
        return policy with
        {
            Link = Rule("link", policy.Link, initial.Link),
            PageGone = Rule("pageGone", policy.PageGone, initial.PageGone),
            DomainGone = Rule("domainGone", policy.DomainGone, initial.DomainGone),
            PageReplaced = Rule("pageReplaced", policy.PageReplaced, initial.PageReplaced),
            UnreachableAfter = JsonBody.Resets(rules, "unreachableAfterMinutes") ? initial.UnreachableAfter : policy.UnreachableAfter,
        };

        ConfirmationRule Rule(string field, ConfirmationRule stored, ConfirmationRule first)
        {
            if (JsonBody.Resets(rules, field))
                return first;
            var rule = Field(rules, field);
            return new ConfirmationRule(
                JsonBody.Resets(rule, "observations") ? first.Observations : stored.Observations,
                JsonBody.Resets(rule, "overMinutes") ? first.Over : stored.Over);
        }
    }

    // Undefined, as which nothing is reset, for what is no object.
    private static JsonElement Field(JsonElement of, string name) => of.ValueKind != JsonValueKind.Object ? default
        : of.EnumerateObject().FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string ReadName(string name, FieldErrors errors)
    {
        var trimmed = name.Trim();
        if (trimmed.Length is 0 or > MaxNameLength || trimmed.Any(char.IsControl))
            errors.Add("name", $"A name has 1 to {MaxNameLength} characters and no line breaks.");
        errors.CheckCharacters("name", trimmed);
        return trimmed;
    }

    private static string? ReadSenderName(string name, FieldErrors errors)
    {
        var trimmed = name.Trim();
        if (trimmed.Length > MaxSenderNameLength || trimmed.Any(char.IsControl))
            errors.Add("senderName", $"At most {MaxSenderNameLength} characters and no line breaks.");
        errors.CheckCharacters("senderName", trimmed);
        return trimmed.Length == 0 ? null : trimmed;
    }

    private static string ReadLanguage(string language, FieldErrors errors)
    {
        if (!Language.Codes.Contains(language))
            errors.Add("language", FieldErrors.NotOneOf(language, Language.Codes));
        return language;
    }

    private static Uri? ReadLogo(string logo, FieldErrors errors)
    {
        var trimmed = logo.Trim();
        if (trimmed.Length == 0)
            return null;
        if (trimmed.Length <= MaxLogoLength
            && Uri.TryCreate(trimmed, UriKind.Absolute, out var url)
            && url is { Scheme: "https", UserInfo: "" })
            return url;
        errors.Add("logoUrl", $"An absolute https URL without a user name, of at most {MaxLogoLength} characters.");
        return null;
    }

    private static List<string> ReadRecipients(IReadOnlyList<string> recipients, FieldErrors errors)
    {
        if (recipients.Count > MaxRecipients)
            errors.Add("recipients", $"At most {MaxRecipients} recipients; there are {recipients.Count}.");
        var read = new List<string>();
        foreach (var recipient in recipients)
        {
            if (EmailAddress.IsValid(recipient.Trim()))
                read.Add(recipient.Trim());
            else
                errors.Add(
                    "recipients",
                    $"'{FieldErrors.Cut(recipient)}' is not an ASCII e-mail address. Write only the address, for example "
                        + "owner@example.org.");
        }

        return [.. read.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string ReadTimeZone(string zone, FieldErrors errors)
    {
        if (!LocalTimes.IsKnown(zone))
            errors.Add("timeZone", $"'{FieldErrors.Cut(zone)}' is not a known time zone. Use an IANA name, for example Europe/Berlin.");
        return zone;
    }

    private static TimeSpan ReadMinutes(string field, int minutes, FieldErrors errors)
    {
        if (minutes is < MinMinutes or > MaxMinutes)
            errors.Add(field, $"{MinMinutes} to {MaxMinutes} minutes; it is {minutes}.");
        return TimeSpan.FromMinutes(minutes);
    }

    private static ConfirmationPolicy ReadConfirmation(ConfirmationRequest request, ConfirmationPolicy policy, FieldErrors errors) =>
        policy with
        {
            Link = ReadRule("confirmation.link", request.Link, policy.Link, errors),
            PageGone = ReadRule("confirmation.pageGone", request.PageGone, policy.PageGone, errors),
            DomainGone = ReadRule("confirmation.domainGone", request.DomainGone, policy.DomainGone, errors),
            PageReplaced = ReadRule("confirmation.pageReplaced", request.PageReplaced, policy.PageReplaced, errors),
            UnreachableAfter = request.UnreachableAfterMinutes is { } minutes
                ? ReadMinutes("confirmation.unreachableAfterMinutes", minutes, errors)
                : policy.UnreachableAfter,
        };

    private static ConfirmationRule ReadRule(string field, ConfirmationRuleRequest? request, ConfirmationRule rule, FieldErrors errors)
    {
        if (request is null)
            return rule;
        if (request.Observations is < 1 or > 10)
            errors.Add($"{field}.observations", $"1 to 10; it is {request.Observations}.");
        if (request.OverMinutes is < 0 or > MaxMinutes)
            errors.Add($"{field}.overMinutes", $"0 to {MaxMinutes}; it is {request.OverMinutes}.");
        return new ConfirmationRule(
            request.Observations ?? rule.Observations,
            request.OverMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : rule.Over);
    }
}
