using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Views;
using LinkMonitor.Wording;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;

namespace LinkMonitor.Dashboard;

/// <summary>
/// A form that somebody sent after their session had ended: sealed, it goes with the page that signs in, and is there again afterwards.
/// Only for whoever it was made for: its own antiforgery token names them.
/// </summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Token">The antiforgery token that it came with.</param>
/// <param name="Fields">What was typed, without the token.</param>
internal sealed record KeptForm(string Path, string Token, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>The most that is kept, in bytes as it was sent.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxFields = 200;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // What people never typed: it came with the page.
    private static readonly HashSet<string> Silent = new(
        [
            DashboardForm.ShownField, DashboardForm.HandedField, DrawnFields.Name, "back", "q", "link", "linkId", "all", "count", "act",
            "says",
            "fromHandedPage", "filter", "way", "elsewhere",
        ],
        StringComparer.Ordinal);

    /// <summary>What is shown again, to be read and changed.</summary>
    public IReadOnlyList<Field> Shown =>
    [
        .. Fields.Where(one => !Silent.Contains(one.Key)).Select(one => new Field(
            one.Key, LabelOf(one.Key), one.Value, Type: one.Value.AsSpan().ContainsAny('\r', '\n') ? "textarea" : "text")),
    ];

    public IReadOnlyList<(string Name, string Value)> Hidden =>
        [.. Fields.Where(one => Silent.Contains(one.Key)).Select(one => (one.Key, one.Value))];

    /// <summary>Takes the form of a request that nobody is signed in for. Null when there is none of ours, or it is too large.</summary>
    public static async Task<KeptForm?> TakeAsync(HttpContext context)
    {
        if (!DashboardForm.IsOurs(context) || context.Request.ContentLength is not (> 0 and <= MaxBytes))
            return null;
        try
        {
            var form = await FormReading.ReadAsync(
                () => context.Request.ReadFormAsync(
                    new() { ValueCountLimit = MaxFields, MultipartBodyLengthLimit = MaxBytes }, context.RequestAborted),
                "The form cannot be read.");
            var fields = form.Where(one => one.Key != DashboardForm.TokenField)
                .SelectMany(one => one.Value.OfType<string>().Select(value => KeyValuePair.Create(one.Key, value)));
            return form.Text(DashboardForm.TokenField) is { Length: > 0 } token
                ? new KeptForm(context.Request.Path + context.Request.QueryString, token, [.. fields]) : null;
        }
        catch (BadHttpRequestException)
        {
            // It cannot be read, so there is nothing to keep: people are asked to sign in all the same.
            return null;
        }
    }

    /// <summary>As a text that only this installation can read, for an hour.</summary>
    public string Seal(IDataProtectionProvider protection)
    {
        string[] parts = [Path, Token, .. Fields.SelectMany(one => new[] { one.Key, one.Value })];
        return Protector(protection).Protect(JsonSerializer.Serialize(parts, ApiJson.Default.StringArray), Lifetime);
    }

    /// <summary>What was sealed; null when it is too old, or not of ours.</summary>
    public static KeptForm? Open(string sealedForm, IDataProtectionProvider protection)
    {
        try
        {
            var text = Protector(protection).Unprotect(sealedForm);
            return JsonSerializer.Deserialize(text, ApiJson.Default.StringArray) is [var path, var token, .. var fields]
                ? new KeptForm(path, token, [.. fields.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]))])
                : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether the form was made for whoever is signed in now.</summary>
    public async Task<bool> IsOfAsync(HttpContext context, ClaimsPrincipal principal)
    {
        var probe = new DefaultHttpContext { RequestServices = context.RequestServices, User = principal };
        probe.Request.Method = HttpMethods.Post;
        probe.Request.Scheme = context.Request.Scheme;
        probe.Request.Host = context.Request.Host;
        probe.Request.Headers.Cookie = context.Request.Headers.Cookie;
        probe.Request.ContentType = "application/x-www-form-urlencoded";
        probe.Request.Form = new FormCollection(new() { [DashboardForm.TokenField] = Token });
        return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(probe);
    }

    private static ITimeLimitedDataProtector Protector(IDataProtectionProvider protection) =>
        protection.CreateProtector("LinkMonitor.KeptForms").ToTimeLimitedDataProtector();

    // terms.costPeriod → Cost period, where no form has a label of its own for it.
    private static string LabelOf(string name)
    {
        if (FieldLabels.Find(name) is { } label)
            return label;
        var words = string.Concat(
            name[(name.LastIndexOf('.') + 1)..].Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
