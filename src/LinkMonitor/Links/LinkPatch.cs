using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>Reads a PATCH: what is absent stays, null sets a part back to its default.</summary>
internal static class LinkPatch
{
    private static readonly string[] Identity = ["page", "target", "match"];

    /// <returns>The edit; null exactly when <paramref name="errors"/> has any.</returns>
    public static Func<WatchedLink, WatchedLink>? Read(JsonElement body, FieldErrors errors)
    {
        if (LinkJson.Read(body, errors) is not { } request)
            return null;
        foreach (var field in Identity.Where(field => JsonBody.Names(body, field)))
            errors.Add(field, "It is part of what the link is. Register a new link and delete this one.");
        var parts = LinkRequestReader.ReadParts(request, errors);
        return errors.Any ? null : link => parts.ApplyTo(Reset(link, body));
    }

    private static WatchedLink Reset(WatchedLink link, JsonElement body) => link with
    {
        Expectation = link.Expectation with
        {
            Rel = Resets(body, "rel") ? default : link.Expectation.Rel,
            Anchor = Resets(body, "anchor") ? default : link.Expectation.Anchor,
            Placement = Resets(body, "placement") ? default : link.Expectation.Placement,
            Indexable = Resets(body, "indexable") ? default : link.Expectation.Indexable,
        },
        Tags = Resets(body, "tags") ? [] : link.Tags,
        Note = Resets(body, "note") ? null : link.Note,
        Muted = !Resets(body, "muted") && link.Muted,
        MutedUntil = Resets(body, "muted") || Resets(body, "mutedUntil") ? null : link.MutedUntil,
        Terms = Resets(body, "terms") ? null : Reset(link.Terms, body),
    };

    private static Terms? Reset(Terms? terms, JsonElement body)
    {
        var edit = body.EnumerateObject().FirstOrDefault(property => property.Name.Equals("terms", StringComparison.OrdinalIgnoreCase)).Value;
        if (terms is null || edit.ValueKind != JsonValueKind.Object)
            return terms;
        return terms with
        {
            Vendor = Resets(edit, "vendor") ? null : terms.Vendor,
            Cost = Resets(edit, "cost") ? null : terms.Cost,
            Currency = Resets(edit, "currency") ? null : terms.Currency,
            CostPeriod = Resets(edit, "costPeriod") ? default : terms.CostPeriod,
            Start = Resets(edit, "start") ? null : terms.Start,
            End = Resets(edit, "end") ? null : terms.End,
            Contact = Resets(edit, "contact") ? null : terms.Contact,
            Invoice = Resets(edit, "invoice") ? null : terms.Invoice,
        };
    }

    private static bool Resets(JsonElement body, string field) =>
        body.EnumerateObject().Any(property =>
            property.Name.Equals(field, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.Null);
}
