using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Alerts.Listing;
using LinkMonitor.Answers;
using LinkMonitor.Api;
using LinkMonitor.Api.Documents;
using LinkMonitor.Api.Limits;
using LinkMonitor.Api.Pipeline;
using LinkMonitor.Auditing;
using LinkMonitor.Auditing.Listing;
using LinkMonitor.Cases;
using LinkMonitor.Changes;
using LinkMonitor.Channels;
using LinkMonitor.ClientReports;
using LinkMonitor.Dashboard;
using LinkMonitor.Exports;
using LinkMonitor.Failures;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Imports;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.LinkTypes;
using LinkMonitor.Outreach;
using LinkMonitor.Placements.Publishing;
using LinkMonitor.Projects;
using LinkMonitor.SavedViews;
using LinkMonitor.Sharing.Feeds;
using LinkMonitor.Sharing.Pages;
using LinkMonitor.Summaries;
using LinkMonitor.Vendors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;

namespace LinkMonitor.Hosting.Serving;

/// <summary>The HTTP API: its conventions and its rooms.</summary>
internal static class ApiExtensions
{
    // The JSON of every room.
    private static readonly IReadOnlyList<IJsonTypeInfoResolver> Contexts =
    [
        ApiJson.Default, ProjectJson.Default,
        SummaryJson.Default,
        LinkJson.Default,
        AnswerJson.Default,
        CaseJson.Default,
        ViewJson.Default,
        ImportJson.Default,
        ExportJson.Default,
        TypeJson.Default,
        ChangeJson.Default,
        ReportJson.Default,
        ClientReportJson.Default,
        VendorJson.Default,
        OutreachJson.Default,
        KeyJson.Default,
        FailureJson.Default,
        AlertJson.Default,
        ChannelJson.Default,
        FeedJson.Default,
        AuditJson.Default,
    ];

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = StatusWords.Complete);
        services.AddSingleton<ProblemWriter>();
        services.AddSettings<RequestLimitOptions>(RequestLimitOptions.Section);
        services.AddSingleton<RequestLimits>();
        services.AddExceptionHandler<DashboardExceptions>();
        services.AddExceptionHandler<ApiExceptions>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            for (var i = 0; i < Contexts.Count; i++)
                options.SerializerOptions.TypeInfoResolverChain.Insert(i, Contexts[i]);
        });
        services.AddOpenApi("v1", options => options
            .AddSchemaTransformer<NamedValues>()
            .AddOperationTransformer<KeyScopes>()
            .AddOperationTransformer<QueryValues>()
            .AddOperationTransformer<DocumentedLimits>()
            .AddDocumentTransformer<OpenApiIntroduction>()
            .AddDocumentTransformer<SchemaExamples>());
        services.AddPageCompression();
        services.AddApiKeys();
        services.AddLinks();
        services.AddAnswers();
        services.AddCases();
        services.AddSavedViews();
        services.AddImports();
        services.AddExports();
        services.AddLinkTypes();
        services.AddChannels();
        services.AddSharing();
        services.AddPlacements();
        services.AddClientReports();
        services.AddVendors();
        services.AddOutreach();
        return services;
    }

    /// <summary>The middleware. Routing is among it, as nothing adds it for us behind the Functions host.</summary>
    public static void UseApi(this IApplicationBuilder app)
    {
        app.UseHeadAsGet();
        app.UseAnswerHeaders();
        app.UsePageCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages(static pages => DashboardMessages.IsFor(pages.HttpContext)
            ? DashboardMessages.ForStatus(pages.HttpContext, pages.HttpContext.Response.StatusCode).ExecuteAsync(pages.HttpContext)
            : pages.HttpContext.RequestServices.GetRequiredService<ProblemWriter>()
                .WriteAsync(pages.HttpContext, new ProblemDetails { Status = pages.HttpContext.Response.StatusCode }).AsTask());
        app.UseRouting();
        app.UseAuthentication();
        app.UseKeyLimit();
        app.UseAuthorization();
        app.UseRequestCheck();
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").WithBodyLimit(BodyLimits.One).WithRequestCheck().WithDocumentedRefusals().WithKeyLimit()
            .WithAudit();
        api.MapProjects();
        api.MapSummaries();
        api.MapLinks();
        api.MapAnswers();
        api.MapCases();
        api.MapViews();
        api.MapExports();
        api.MapDisavow();
        api.MapImports();
        api.MapSheets();
        api.MapLinkTypes();
        api.MapPlacements();
        api.MapClientReports();
        api.MapVendors();
        api.MapOutreach();
        api.MapChanges();
        api.MapAlerts();
        api.MapChannels();
        api.MapFeeds();
        api.MapPublicAddresses();
        api.MapExportAddresses();
        api.MapReportAddresses();
        api.MapKeys();
        api.MapFailures();
        api.MapAudit();
        app.MapGroup(string.Empty).WithRequestCheck().MapOpenApi();
    }
}

/// <summary>
/// Compresses the dashboard's pages and their assets, with Brotli or gzip. Over https too: BREACH (https://www.breachattack.com/) finds out
/// a secret that stands in many answers beside what an attacker chose. Of those there is none: the tokens of forms are encrypted anew for
/// each answer, sessions are in cookies, and a key or address is shown in one answer only. The API's answers stay as they are.
/// </summary>
internal static class PageCompression
{
    public static IServiceCollection AddPageCompression(this IServiceCollection services) => services.AddResponseCompression(options =>
    {
        options.EnableForHttps = true;
        options.Providers.Add<BrotliCompressionProvider>();
        options.Providers.Add<GzipCompressionProvider>();
        options.MimeTypes = ["text/html", "text/css", "text/javascript", "image/svg+xml"];
    });

    public static void UsePageCompression(this IApplicationBuilder app) => app.UseWhen(
        context => DashboardMessages.IsFor(context)
            || context.Request.Path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase),
        pages => pages.UseResponseCompression());
}
