using static LinkMonitor.Engine.Judging.Walls.WallKind;
using static LinkMonitor.Engine.Judging.Walls.WallPlace;
using static LinkMonitor.Engine.Judging.Walls.WallSources;

namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>
/// Signs of an error, of a site under repair, or of a server without a site, that come with a success status. They name what stands there;
/// that it is not the page is decided by how it is built.
/// </summary>
internal static class ErrorMarks
{
    private const string WordPress = "https://developer.wordpress.org/reference/functions/dead_db/";
    private const string WordPressMaintenance = "https://developer.wordpress.org/reference/functions/wp_maintenance/";
    private const string Nginx = "https://github.com/nginx/nginx/tree/master/docs/html";
    private const string Apache = "https://github.com/apache/httpd/tree/trunk/docs/docroot";

    private const string Rails =
        "https://github.com/rails/rails/blob/main/railties/lib/rails/generators/rails/app/templates/public/500.html";

    private const string Symfony =
        "https://github.com/symfony/symfony/blob/7.2/src/Symfony/Component/ErrorHandler/Resources/views/error.html.php";

    private const string Laravel = "https://github.com/laravel/framework/tree/12.x/src/Illuminate/Foundation/Exceptions/views";
    private const string Tomcat = "https://github.com/apache/tomcat/blob/main/java/org/apache/catalina/valves/ErrorReportValve.java";
    private const string Django = "https://github.com/django/django/blob/main/django/views/defaults.py";
    private const string Spring = "https://docs.spring.io/spring-boot/reference/web/servlet.html#web.servlet.spring-mvc.error-handling";
    private const string Typo3 = "https://github.com/TYPO3/typo3/blob/main/typo3/sysext/core/Classes/Controller/ErrorPageController.php";
    private const string Joomla = "https://github.com/joomla/joomla-cms/blob/5.3-dev/libraries/src/Exception/ExceptionHandler.php";
    private const string Discourse = "https://github.com/discourse/discourse/blob/main/public/500.html";
    private const string Envoy = "https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage";
    private const string CloudFront =
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/troubleshooting-response-errors.html";

    private const string CloudLinux = "https://docs.cloudlinux.com/cloudlinuxos/limits/";
    private const string Fedora = "https://src.fedoraproject.org/rpms/httpd";
    private const string Setup = "https://developer.wordpress.org/advanced-administration/before-install/howto-install/";
    private const string Plesk = "https://docs.plesk.com/en-US/obsidian/administrator-guide/customizing-default-pages.74427/";

    public static IReadOnlyList<WallMark> All { get; } =
    [
        new(Error, Title, "Database Error", "WordPress", WordPress) { IsProof = false },
        new(Error, Title, "Runtime Error", "ASP.NET", Reported) { IsProof = false },
        new(Error, TitleStart, "500 Internal Server Error", "the server", Reported) { IsProof = false },
        new(Error, TitleStart, "502 Bad Gateway", "the server", Nginx) { IsProof = false },
        new(Error, TitleStart, "503 Service", "the server", Nginx) { IsProof = false },
        new(Error, TitleStart, "504 Gateway", "the server", Nginx) { IsProof = false },
        new(Error, Title, "Internal Server Error", "the server", Reported) { IsProof = false },
        new(Error, Title, "Service Unavailable", "the server", Reported) { IsProof = false },
        new(Error, Title, "Application Error", "Heroku", Reported) { IsProof = false },
        new(Error, Body, "Guru Meditation", "Varnish", "https://varnish-cache.org/docs/") { IsProof = false },

        new(Error, InTitle, "re sorry, but something went wrong (500", "Rails", Rails) { IsProof = false },
        new(Error, TitleStart, "An Error Occurred:", "Symfony", Symfony) { IsProof = false },
        new(Error, Title, "Server Error", "Laravel", Laravel) { IsProof = false },
        new(Error, Title, "Server Error (500)", "Django", Django) { IsProof = false },
        new(Error, TitleStart, "HTTP Status 500", "Tomcat", Tomcat) { IsProof = false },
        new(Error, TitleStart, "HTTP Status 503", "Tomcat", Tomcat) { IsProof = false },
        new(Error, Body, "Whitelabel Error Page", "Spring", Spring) { IsProof = false },
        new(Error, Title, "Oops, an error occurred!", "TYPO3", Typo3) { IsProof = false },
        new(Error, Body, "Error displaying the error page", "Joomla", Joomla) { IsProof = false },
        new(Error, Body, "The software powering this discussion forum", "Discourse", Discourse) { IsProof = false },
        new(Error, Body, "upstream connect error or disconnect/reset before headers", "Envoy", Envoy) { IsProof = false },
        new(Error, Title, "ERROR: The request could not be satisfied", "CloudFront", CloudFront) { IsProof = false },
        new(Error, TitleStart, "508 Resource Limit Is Reached", "CloudLinux", CloudLinux) { IsProof = false },
        new(Error, TitleStart, "509 Bandwidth Limit Exceeded", "cPanel", Reported) { IsProof = false },

        new(Error, TitleStart, "HTTP Server Test Page", "Apache without a site", Fedora) { IsProof = false },
        new(Error, TitleStart, "Apache HTTP Server Test Page", "Apache without a site", Fedora) { IsProof = false },
        new(Error, TitleStart, "Test Page for the HTTP Server", "Apache without a site", Fedora) { IsProof = false },
        new(Error, TitleStart, "Test Page for the Nginx HTTP Server", "nginx without a site", Fedora) { IsProof = false },
        new(Error, Title, "Domain Default page", "Plesk without a site", Plesk) { IsProof = false },
        new(Error, Title, "Web Server's Default Page", "Plesk without a site", Plesk) { IsProof = false },
        new(Error, Title, "WordPress › Setup Configuration File", "WordPress without a site", Setup) { IsProof = false },
        new(Error, Title, "WordPress › Installation", "WordPress without a site", Setup) { IsProof = false },

        new(Error, Title, "Welcome to nginx!", "nginx without a site", Nginx) { IsProof = false },
        new(Error, TitleStart, "Apache2 Ubuntu Default Page", "Apache without a site", Reported) { IsProof = false },
        new(Error, TitleStart, "Apache2 Debian Default Page", "Apache without a site", Reported) { IsProof = false },
        new(Error, Title, "Test Page for the Apache HTTP Server", "Apache without a site", Apache) { IsProof = false },
        new(Error, Title, "It works!", "Apache without a site", Apache) { IsProof = false },
        new(Error, Title, "IIS Windows Server", "IIS without a site", Reported) { IsProof = false },
        new(Error, Title, "Default Web Site Page", "cPanel without a site", Reported) { IsProof = false },
        new(Error, InTitle, "Plesk", "Plesk without a site", Unconfirmed) { IsProof = false },

        new(Maintenance, Body, "Briefly unavailable for scheduled maintenance.", "WordPress", WordPressMaintenance) { IsProof = false },
        new(Maintenance, Title, "Maintenance", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Maintenance mode", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Site Maintenance", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Under construction", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Coming soon", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Wartungsarbeiten", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Wartungsmodus", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "En maintenance", "the site", Unconfirmed) { IsProof = false },
        new(Maintenance, Title, "En mantenimiento", "the site", Unconfirmed) { IsProof = false },
        new(Maintenance, Title, "Sito in manutenzione", "the site", Unconfirmed) { IsProof = false },
    ];
}

/// <summary>Signs of a domain that is for sale, only shows advertisements, or was closed by its hosting company.</summary>
internal static class ParkingMarks
{
    public static IReadOnlyList<WallMark> All { get; } =
    [
        new(Parking, Host, "hugedomains.com", "HugeDomains", Reported),
        new(Parking, Host, "sedoparking.com", "Sedo", ParkingHosts),
        new(Parking, Host, "sedo.com", "Sedo", ParkingHosts),
        new(Parking, Host, "dan.com", "Dan.com", ParkingHosts),
        new(Parking, Host, "afternic.com", "Afternic", ParkingHosts),
        new(Parking, Host, "parkingcrew.net", "ParkingCrew", ParkingHosts),
        new(Parking, Host, "bodis.com", "Bodis", ParkingHosts),
        new(Parking, Host, "above.com", "Above.com", ParkingHosts),
        new(Parking, Host, "parklogic.com", "ParkLogic", ParkingHosts),
        new(Parking, Host, "undeveloped.com", "Undeveloped", Reported),
        new(Parking, Host, "buydomains.com", "BuyDomains", Reported),
        new(Parking, Host, "atom.com", "Atom", Unconfirmed),
        new(Parking, Body, "sedoparking.com", "Sedo", ParkingHosts),
        new(Parking, Body, "parkingcrew.net", "ParkingCrew", ParkingHosts),
        new(Parking, Body, "parking.bodiscdn.com", "Bodis", Reported),
        new(Parking, Body, "img1.wsimg.com/parking-lander", "GoDaddy", Reported),
        new(Parking, Body, "window.location.href=\"/lander\"", "GoDaddy", Reported),
        new(Parking, Body, "window.LANDER_SYSTEM", "GoDaddy", Reported),
        new(Parking, Body, "parklogic.com", "ParkLogic", ParkingHosts),
        new(Parking, Body, "www.google.com/adsense/domains/caf.js", "Google AdSense for Domains", Reported),
        new(Parking, Body, "d38psrni17bvxu.cloudfront.net", "ParkingCrew", Reported),
        new(Parking, Body, "data-adblockkey=", "a parking company", Reported),
        new(Parking, AfterHostInTitle, "is for sale", "a domain dealer", Reported),
        new(Parking, InTitle, "domain is for sale", "a domain dealer", Reported),
        new(Parking, InTitle, "domain name is for sale", "a domain dealer", Reported),
        new(Parking, InTitle, "domain may be for sale", "a domain dealer", Reported),
        new(Parking, InTitle, "this domain is parked", "the registrar", Unconfirmed),
        new(Parking, InTitle, "parked domain", "the registrar", Reported),
        new(Parking, InTitle, "domain parked", "the registrar", Reported),
        new(Parking, InTitle, "domain steht zum verkauf", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "domain ist geparkt", "the registrar", Unconfirmed),
        new(Parking, InTitle, "domaine est à vendre", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "dominio está en venta", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "domeinnaam is te koop", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "domena jest na sprzedaż", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "dominio in vendita", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "domain has expired", "the registrar", Reported),
        new(Parking, Title, "domain expired", "the registrar", Reported),
        new(Parking, InTitle, "このドメインはお名前.comで取得されています", "Onamae", Reported),

        new(Closed, RedirectPath, "/cgi-sys/suspendedpage.cgi", "the hosting company", Reported),
    ];
}
