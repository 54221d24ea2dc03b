using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>One paid link on a page that a test can take it from, in a project that confirms at once.</summary>
internal sealed class PaidPlacement
{
    public const string Target = "http://127.0.0.1:9/";
    private readonly Product _product;
    private readonly LocalWeb _web;
    private readonly string _path;

    private PaidPlacement(Product product, LocalWeb web, string path, string project, string link) =>
        (_product, _web, _path, Project, Link) = (product, web, path, $"/api/v1/projects/{project}", link);

    /// <summary>The path of the project in the API.</summary>
    public string Project { get; }

    public string Link { get; }

    public static async Task<PaidPlacement> RegisterAsync(
        Product product, LocalWeb web, object terms, CancellationToken cancellationToken, string path = "/post")
    {
        web.MapHtml(path, Html($"<a href='{Target}'>Example</a>"));
        // Nobody answers at the target, which would be told after a day.
        var project = await product.Api.CreateProjectAsync(
            new { name = "Example", checkTargets = false, confirmation = new { link = new { observations = 1, overMinutes = 0 } } },
            cancellationToken);
        var link = await product.Api.RegisterAsync(project, new { page = web.Url(path), target = Target, terms }, cancellationToken);
        return new PaidPlacement(product, web, path, project, link);
    }

    public void Show(string link) => _web.MapHtml(_path, Html(link));

    /// <summary>A check a day.</summary>
    public async Task PassDaysAsync(int days, CancellationToken cancellationToken)
    {
        for (var day = 0; day < days; day++)
        {
            await _product.Api.PostAsync($"{Project}/links/{Link}/check", null, System.Net.HttpStatusCode.Accepted, cancellationToken);
            await _product.DeliverAllAsync("CheckPage", cancellationToken);
            _product.Clock.Advance(TimeSpan.FromDays(1));
        }
    }

    private static string Html(string link) => $"<!doctype html><title>Post</title><p>Some words around {link} make it a page.</p>";
}
