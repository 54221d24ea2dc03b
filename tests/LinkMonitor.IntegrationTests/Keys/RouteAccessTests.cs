using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Keys;

namespace LinkMonitor.IntegrationTests.Keys;

/// <summary>
/// Every route of the API times everybody who may call it, generated from the endpoints: what is expected follows from the policy of the
/// route.
/// </summary>
public sealed class RouteAccessTests
{
    private const string Missing = "prj_aaaaaaaaaaaaaaaa";
    private const string MissingKey = "cccccccccccc";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_opens_to_those_whom_its_policy_names_and_tells_the_others_nothing()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var routes = ApiRoute.AllOf(product);
        Assert.True(routes.Count > 40, $"Only {routes.Count} routes were found.");
        var wrong = new List<string>();
        foreach (var route in routes)
        {
            foreach (var caller in Callers)
            {
                var stage = await StageAsync(product, caller);
                using var client = Client(product, stage.Key);
                using var answer = await SendAsync(client, route, stage.Values);
                var text = await answer.Content.ReadAsStringAsync(Token);
                var expected = Expected(route, caller);
                if (!IsAs(answer.StatusCode, text, expected, stage.Values["projectId"]))
                    wrong.Add($"{route} by {caller.Name}: {(int)answer.StatusCode} instead of {expected}: {text}");
                if (expected != Access.Hidden)
                    continue;
                var none = new Dictionary<string, string>(stage.Values) { ["projectId"] = Missing, ["keyId"] = MissingKey };
                using var missing = await SendAsync(client, route, none);
                var same = (await missing.Content.ReadAsStringAsync(Token))
                    .Replace(Missing, stage.Values["projectId"], StringComparison.Ordinal)
                    .Replace(MissingKey, stage.Values["keyId"], StringComparison.Ordinal);
                if (Said(text) != Said(same) || missing.StatusCode != answer.StatusCode || Names(missing) != Names(answer))
                    wrong.Add($"{route} by {caller.Name} tells a foreign thing from a missing one: {text} / {same}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private enum Access
    {
        Unknown,
        Refused,
        Hidden,
        Open,
    }

    // Those of all projects, and those of another one than the route's.
    private static readonly Caller[] Callers =
    [
        new("no key", null, false), new("a wrong key", "wrong", false), new("a viewer", "read", false), new("an editor", "write", false),
        new("an owner", "admin", false), new("an owner of another project", "admin", true),
        new("a viewer of another project", "read", true),
        new("an editor of another project", "write", true),
    ];

    private static Access Expected(ApiRoute route, Caller caller)
    {
        if (caller.Scope is null or "wrong")
            return Access.Unknown;
        var (scope, isForAll) = route.Policy switch
        {
            KeyPolicies.Read => ("read", false),
            KeyPolicies.Write => ("write", false),
            KeyPolicies.WriteAll => ("write", true),
            KeyPolicies.Admin => ("admin", false),
            KeyPolicies.AdminAll => ("admin", true),
            _ => throw new InvalidOperationException($"{route} has no key policy."),
        };
        string[] scopes = ["read", "write", "admin"];
        if (Array.IndexOf(scopes, caller.Scope) < Array.IndexOf(scopes, scope) || (isForAll && caller.IsOfOther))
            return Access.Refused;
        return caller.IsOfOther && (route.Path.Contains("{projectId}", StringComparison.Ordinal)
            || route.Path.Contains("{keyId}", StringComparison.Ordinal)) ? Access.Hidden : Access.Open;
    }

    private static bool IsAs(HttpStatusCode status, string text, Access expected, string project) => expected switch
    {
        Access.Unknown => status == HttpStatusCode.Unauthorized,
        Access.Refused => status == HttpStatusCode.Forbidden,
        Access.Hidden => status == HttpStatusCode.NotFound,
        _ => (int)status is (>= 200 and < 300) or 400 or 404
            && !text.Contains($"There is no project '{project}'", StringComparison.Ordinal),
    };

    /// <summary>A project with a link and a key of it, another project, and the caller's key.</summary>
    private static async Task<(string? Key, Dictionary<string, string> Values)> StageAsync(Product product, Caller caller)
    {
        var project = await product.Api.CreateProjectAsync(new { name = "Example" }, Token);
        var other = await product.Api.CreateProjectAsync(new { name = "Other" }, Token);
        var link = await product.Api.RegisterAsync(
            project, new { page = "https://blog.example.net/", target = "https://example.org/" }, Token);
        var own = await product.Api.PostAsync("/api/v1/keys", new { name = "Ben", projectId = project }, HttpStatusCode.Created, Token);
        var values = new Dictionary<string, string>
        {
            ["projectId"] = project,
            ["linkId"] = link,
            ["keyId"] = own.GetProperty("id").GetString()!,
            ["channelId"] = "chn_none",
            ["alertId"] = "alr_none",
            ["viewId"] = "viw_none",
            ["undoId"] = "und_none",
            ["typeKey"] = "none",
            ["name"] = "hidden",
            ["queue"] = "alerts",
            ["failureId"] = "none",
        };
        if (caller.Scope is null or "wrong")
            return (caller.Scope is null ? null : "lm_000000000000" + new string('0', 38), values);
        object wanted = caller.IsOfOther
            ? new { name = caller.Name, scope = caller.Scope, projectId = other }
            : new { name = caller.Name, scope = caller.Scope };
        var made = await product.Api.PostAsync("/api/v1/keys", wanted, HttpStatusCode.Created, Token);

        // Those who guess keys share a quota, which ends with its minute.
        product.Clock.Advance(TimeSpan.FromMinutes(1));
        return (made.GetProperty("key").GetString(), values);
    }

    private static HttpClient Client(Product product, string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = product.Api.Client.BaseAddress };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, ApiRoute route, IReadOnlyDictionary<string, string> values)
    {
        var request = new HttpRequestMessage(new HttpMethod(route.Method), route.PathWith(values));
        if (route.TakesBody)
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        return client.SendAsync(request, Token);
    }

    // Without the number of the trace.
    private static string Said(string problem) =>
        string.Join(',', problem.Split(',').Where(part => !part.Contains("traceId", StringComparison.Ordinal)));

    private static string Names(HttpResponseMessage answer) =>
        string.Join(',', answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key).Order(StringComparer.Ordinal));

    private sealed record Caller(string Name, string? Scope, bool IsOfOther);
}
