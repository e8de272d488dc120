"""What Python imports are called that no package of that name brings: import name to distribution name.

Also the modules that come with Python itself or with a program that hosts it, and the names that a project's own
modules usually have. Plain tables.
"""

from __future__ import annotations

import sys

_RENAMED = """
attr:attrs bs4:beautifulsoup4 cv2:opencv-python PIL:pillow yaml:pyyaml sklearn:scikit-learn skimage:scikit-image
dotenv:python-dotenv jwt:pyjwt Crypto:pycryptodome Cryptodome:pycryptodomex OpenSSL:pyopenssl dateutil:python-dateutil
serial:pyserial usb:pyusb git:gitpython github:pygithub gitlab:python-gitlab jose:python-jose
multipart:python-multipart magic:python-magic docx:python-docx pptx:python-pptx telegram:python-telegram-bot
slugify:python-slugify Levenshtein:levenshtein ldap:python-ldap ldap3:ldap3 memcache:python-memcached
MySQLdb:mysqlclient mysql:mysql-connector-python psycopg2:psycopg2-binary psycopg:psycopg bson:pymongo pymongo:pymongo
gridfs:pymongo pkg_resources:setuptools setuptools:setuptools _distutils_hack:setuptools wx:wxpython gi:pygobject
cairo:pycairo OpenGL:pyopengl fitz:pymupdf pymupdf:pymupdf zmq:pyzmq nacl:pynacl win32api:pywin32 win32con:pywin32
win32gui:pywin32 win32com:pywin32 win32file:pywin32 win32event:pywin32 win32process:pywin32 win32service:pywin32
win32serviceutil:pywin32 win32clipboard:pywin32 win32security:pywin32 win32ui:pywin32 win32print:pywin32
win32crypt:pywin32 win32pipe:pywin32 winerror:pywin32 pythoncom:pywin32 pywintypes:pywin32 servicemanager:pywin32
winxpgui:pywin32 win32evtlog:pywin32 win32evtlogutil:pywin32 win32pdh:pywin32 win32net:pywin32 win32job:pywin32
win32profile:pywin32 win32ts:pywin32 win32timezone:pywin32 win32comext:pywin32 win32console:pywin32 Xlib:python-xlib
pynput:pynput speech_recognition:speechrecognition pyttsx3:pyttsx3 sounddevice:sounddevice faiss:faiss-cpu
tensorflow_hub:tensorflow-hub tf_keras:tf-keras tensorboardX:tensorboardx googleapiclient:google-api-python-client
google_auth_oauthlib:google-auth-oauthlib google_auth_httplib2:google-auth-httplib2 oauth2client:oauth2client
apiclient:google-api-python-client googlesearch:googlesearch-python firebase_admin:firebase-admin
flask_sqlalchemy:flask-sqlalchemy sqlalchemy_utils:sqlalchemy-utils rest_framework:djangorestframework
rest_framework_simplejwt:djangorestframework-simplejwt corsheaders:django-cors-headers django_filters:django-filter
debug_toolbar:django-debug-toolbar environ:django-environ storages:django-storages allauth:django-allauth
crispy_forms:django-crispy-forms axes:django-axes social_django:social-auth-app-django social_core:social-auth-core
oauth2_provider:django-oauth-toolkit drf_yasg:drf-yasg drf_spectacular:drf-spectacular
import_export:django-import-export mptt:django-mptt taggit:django-taggit guardian:django-guardian
reversion:django-reversion simple_history:django-simple-history phonenumber_field:django-phonenumber-field
compressor:django-compressor ckeditor:django-ckeditor easy_thumbnails:easy-thumbnails sorl:sorl-thumbnail
django_extensions:django-extensions model_utils:django-model-utils polymorphic:django-polymorphic waffle:django-waffle
constance:django-constance csp:django-csp ratelimit:django-ratelimit django_ratelimit:django-ratelimit
defender:django-defender two_factor:django-two-factor-auth django_otp:django-otp rules:rules
health_check:django-health-check anymail:django-anymail djcelery:django-celery django_redis:django-redis
redis_cache:django-redis-cache fastapi_users:fastapi-users fastapi_limiter:fastapi-limiter slowapi:slowapi
jinja2:jinja2 markdown:markdown markdown2:markdown2 pydantic_settings:pydantic-settings kafka:kafka-python
confluent_kafka:confluent-kafka pika:pika stompy:stomp-py stomp:stomp-py paho:paho-mqtt
snowflake:snowflake-connector-python elasticsearch_dsl:elasticsearch-dsl opensearchpy:opensearch-py pinecone:pinecone
qdrant_client:qdrant-client weaviate:weaviate-client chromadb:chromadb umap:umap-learn hdbscan:hdbscan
lightgbm:lightgbm xgboost:xgboost imblearn:imbalanced-learn category_encoders:category-encoders
mpl_toolkits:matplotlib pylab:matplotlib sentence_transformers:sentence-transformers transformers:transformers
huggingface_hub:huggingface-hub langchain_core:langchain-core langchain_community:langchain-community
langchain_openai:langchain-openai llama_index:llama-index llama_cpp:llama-cpp-python tiktoken:tiktoken
whisper:openai-whisper clip:clip diffusers:diffusers accelerate:accelerate torchvision:torchvision
torchaudio:torchaudio pytorch_lightning:pytorch-lightning lightning_fabric:lightning-fabric flash_attn:flash-attn
bitsandbytes:bitsandbytes peft:peft trl:trl timm:timm detectron2:detectron2 mmcv:mmcv mmdet:mmdet cupy:cupy
jaxlib:jaxlib haiku:dm-haiku sonnet:dm-sonnet optax:optax gym:gym gymnasium:gymnasium
stable_baselines3:stable-baselines3 community:python-louvain igraph:igraph osgeo:gdal gdal:gdal ogr:gdal osr:gdal
shapefile:pyshp mapbox_vector_tile:mapbox-vector-tile netCDF4:netcdf4 Bio:biopython simplejson:simplejson
demjson:demjson ruamel:ruamel-yaml ruamel_yaml:ruamel-yaml toml:toml tomli_w:tomli-w pkginfo:pkginfo
lxml_html_clean:lxml-html-clean html5lib:html5lib webencodings:webencodings markupsafe:markupsafe
MarkupSafe:markupsafe itsdangerous:itsdangerous werkzeug:werkzeug flask_login:flask-login flask_wtf:flask-wtf
wtforms:wtforms flask_cors:flask-cors flask_limiter:flask-limiter flask_talisman:flask-talisman flask_mail:flask-mail
flask_restful:flask-restful flask_jwt_extended:flask-jwt-extended flask_migrate:flask-migrate
flask_bcrypt:flask-bcrypt flask_socketio:flask-socketio flask_session:flask-session flask_seasurf:flask-seasurf
socketio:python-socketio engineio:python-engineio websocket:websocket-client websockets:websockets rsa:rsa
Cython:cython cython:cython pyximport:cython pythonjsonlogger:python-json-logger structlog:structlog
logstash:python-logstash graypy:graypy raven:raven sentry_sdk:sentry-sdk ddtrace:ddtrace newrelic:newrelic
opentelemetry:opentelemetry-api prometheus_client:prometheus-client statsd:statsd consul:python-consul hvac:hvac
etcd3:etcd3 kazoo:kazoo nacos:nacos-sdk-python kubernetes:kubernetes docker:docker compose:docker-compose
ansible:ansible-core salt:salt fabric:fabric invoke:invoke nmap:python-nmap scapy:scapy shodan:shodan
whois:python-whois dns:dnspython tldextract:tldextract netaddr:netaddr ipwhois:ipwhois pysnmp:pysnmp easysnmp:easysnmp
pcap:pypcap pcapy:pcapy dpkt:dpkt impacket:impacket pwn:pwntools pwnlib:pwntools capstone:capstone
keystone:keystone-engine unicorn:unicorn lief:lief pefile:pefile elftools:pyelftools yara:yara-python
gnupg:python-gnupg pam:python-pam xmlsec:xmlsec signxml:signxml onelogin:python3-saml saml2:pysaml2 authlib:authlib
oauthlib:oauthlib requests_oauthlib:requests-oauthlib requests_toolbelt:requests-toolbelt httplib2:httplib2
pycurl:pycurl curl_cffi:curl-cffi fake_useragent:fake-useragent cloudscraper:cloudscraper
undetected_chromedriver:undetected-chromedriver seleniumwire:selenium-wire webdriver_manager:webdriver-manager
playwright:playwright pyppeteer:pyppeteer barcode:python-barcode pyzbar:pyzbar qrcode:qrcode reportlab:reportlab
PyPDF2:pypdf2 PyPDF4:pypdf4 pdfminer:pdfminer-six pdf2image:pdf2image weasyprint:weasyprint xhtml2pdf:xhtml2pdf
fpdf:fpdf2 tabula:tabula-py camelot:camelot-py xlrd:xlrd xlwt:xlwt xlsxwriter:xlsxwriter openpyxl:openpyxl odf:odfpy
ebooklib:ebooklib discord:discord-py nextcord:nextcord praw:praw tweepy:tweepy facebook:facebook-sdk
linkedin:python-linkedin stripe:stripe paypalrestsdk:paypalrestsdk braintree:braintree twilio:twilio sendgrid:sendgrid
mailchimp3:mailchimp3 plaid:plaid-python binance:python-binance ccxt:ccxt web3:web3 eth_account:eth-account
eth_utils:eth-utils solcx:py-solc-x boto:boto boto3:boto3 botocore:botocore moto:moto aws_cdk:aws-cdk-lib
constructs:constructs chalicelib:chalice aws_lambda_powertools:aws-lambda-powertools azure:azure-core msrest:msrest
msal:msal google:protobuf pulumi_aws:pulumi-aws airflow:apache-airflow pyspark:pyspark delta:delta-spark
dagster:dagster prefect:prefect dbt:dbt-core superset:apache-superset great_expectations:great-expectations
feast:feast ray:ray dask:dask mlflow:mlflow wandb:wandb comet_ml:comet-ml nltk:nltk spacy:spacy en_core_web_sm:spacy
gensim:gensim textblob:textblob sacremoses:sacremoses jieba:jieba pymysql:pymysql aiomysql:aiomysql asyncpg:asyncpg
aiosqlite:aiosqlite cx_Oracle:cx-oracle oracledb:oracledb pyodbc:pyodbc pymssql:pymssql ibm_db:ibm-db
couchbase:couchbase cassandra:cassandra-driver neo4j:neo4j arango:python-arango influxdb:influxdb
influxdb_client:influxdb-client redis:redis rediscluster:redis-py-cluster mongoengine:mongoengine motor:motor
beanie:beanie peewee:peewee playhouse:peewee pony:pony tortoise:tortoise-orm alembic:alembic sqlmodel:sqlmodel
zope:zope-interface Products:zope plone:plone AccessControl:accesscontrol twisted:twisted OpenSSL_:pyopenssl
past:future builtins_:future libfuturize:future libpasteurize:future enum34:enum34 concurrent_:futures tzlocal:tzlocal
pytz:pytz tzdata:tzdata dateparser:dateparser arrow:arrow pendulum:pendulum babel:babel absl:absl-py tree:dm-tree
ml_collections:ml-collections flax:flax t5:t5 six:six pexpect:pexpect ptyprocess:ptyprocess nose:nose pytest:pytest
_pytest:pytest py:py hypothesis:hypothesis behave:behave locust:locust coverage:coverage lsp_types:lsprotocol
tree_sitter:tree-sitter clang:libclang llvmlite:llvmlite numba:numba pythran:pythran pybind11:pybind11 RPi:rpi-gpio
RPIO:rpio smbus:smbus smbus2:smbus2 spidev:spidev pigpio:pigpio board:adafruit-blinka busio:adafruit-blinka
digitalio:adafruit-blinka microcontroller:adafruit-blinka adafruit_dht:adafruit-circuitpython-dht picamera:picamera
bluetooth:pybluez dbus:dbus-python systemd:systemd-python apt_pkg:python-apt rpm:rpm selinux:selinux gobject:pygobject
kivy:kivy PyQt4:pyqt5 PyQt5:pyqt5 PyQt6:pyqt6 PySide2:pyside2 PySide6:pyside6 shiboken2:shiboken2 shiboken6:shiboken6
sip:sip qtpy:qtpy pyqtgraph:pyqtgraph pygame:pygame pyglet:pyglet arcade:arcade panda3d:panda3d direct:panda3d
ursina:ursina vlc:python-vlc mpv:python-mpv ffmpeg:ffmpeg-python moviepy:moviepy pydub:pydub librosa:librosa
mutagen:mutagen eyed3:eyed3 webview:pywebview pyautogui:pyautogui pyscreeze:pyscreeze keyboard:keyboard mouse:mouse
AppKit:pyobjc Foundation:pyobjc Quartz:pyobjc objc:pyobjc CoreFoundation:pyobjc Cocoa:pyobjc comtypes:comtypes wmi:wmi
pythonnet:pythonnet clr:pythonnet cookielib_:six termcolor:termcolor colorama:colorama progressbar:progressbar2
prompt_toolkit:prompt-toolkit IPython:ipython ipywidgets:ipywidgets notebook:notebook jupyter_client:jupyter-client
ipykernel:ipykernel snappy:python-snappy lz4:lz4 zstd:zstd brotli:brotli pylzma:pylzma rarfile:rarfile py7zr:py7zr
unrar:unrar box:python-box decouple:python-decouple constantly:constantly hydra:hydra-core omegaconf:omegaconf mcp:mcp
fastmcp:fastmcp anthropic:anthropic openai:openai cohere:cohere mistralai:mistralai groq:groq ollama:ollama
vertexai:google-cloud-aiplatform replicate:replicate crewai:crewai autogen:pyautogen semantic_kernel:semantic-kernel
odoo:odoo openerp:odoo frappe:frappe erpnext:erpnext trac:trac mercurial:mercurial hgext:mercurial
"""

_RENAMED_PAIRS = (pair.split(":") for pair in _RENAMED.split())
DISTRIBUTION_OF: dict[str, str] = {name.rstrip("_"): distribution for name, distribution in _RENAMED_PAIRS}
"""The package that brings an import, where it is not simply called the same; some that are, for certainty."""

_REMOVED = """
aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt distutils dummy_threading formatter imghdr imp lib2to3
macpath mailcap msilib nis nntplib ossaudiodev parser pipes smtpd sndhdr spwd sunau symbol telnetlib test uu xdrlib
annotationlib compression tomllib zoneinfo graphlib asyncio.staggered
"""
_PYTHON_2 = """
BaseHTTPServer Bastion CGIHTTPServer ConfigParser Cookie DocXMLRPCServer HTMLParser MimeWriter Queue ScrolledText
SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO Tix Tkinter UserDict UserList UserString __builtin__ anydbm
cPickle cStringIO commands compiler cookielib copy_reg dbhash dircache dumbdbm dummy_thread exceptions fpformat
future_builtins gdbm hotshot htmlentitydefs htmllib httplib ihooks imputil itertools md5 mhlib mimetools mimify
multifile mutex new os2emxpath popen2 posixfile repr rexec rfc822 robotparser sets sgmllib sha sre statvfs stringold
sv thread tkColorChooser tkCommonDialog tkFileDialog tkFont tkMessageBox tkSimpleDialog ttk toaiff urllib2 urlparse
user whichdb xmlrpclib xmllib
"""
_HOSTED = """
bpy bmesh mathutils bpy_extras bgl gpu freestyle idaapi idautils idc ida_bytes ida_funcs ida_kernwin ghidra maya pymel
hou nuke nukescripts unreal unity arcpy gdb lldb uno unohelper sublime sublime_plugin vim nvim weechat hexchat xbmc
xbmcgui xbmcplugin xbmcaddon xbmcvfs adsk FreeCAD FreeCADGui Part Draft rhinoscriptsyntax Rhino scriptcontext
ghpythonlib Autodesk RevitServices c4d bge gimpfu gimp inkex pcbnew qgis processing js pyodide pyodide_js pyscript
micropip machine micropython network utime uasyncio uos ujson usocket ustruct ubinascii urandom ure uerrno uhashlib
ucollections uio uctypes uselect usys uzlib esp esp32 neopixel rp2 pyb ucryptolib umqtt urequests supervisor storage_
microbit java javax jarray org com System Microsoft awsglue dbutils apache_beam toree workers _typeshed typeshed
mitmproxy nt posix winreg _winreg msvcrt winsound mmgp bareos volatility_ splunk demisto_sdk demistomock
CommonServerPython CommonServerUserPython sitecustomize usercustomize backports sphinxcontrib jaraco repoze collective
aliyunsdkcore tencentcloud alibabacloud talon robot arcgisscripting hexrays_hooks binaryninja BaseHTTPServer_
pythonwin dde win2kras
"""

STANDARD = frozenset(sys.stdlib_module_names) | frozenset(
    name.rstrip("_") for name in (*_REMOVED.split(), *_PYTHON_2.split(), *_HOSTED.split())
)
"""Modules of any Python from 2.7 to 3.14, and of programs that bring Python along: blender, gdb, MicroPython, …"""

OWN_WORDS = frozenset(
    """
    account accounts action actions adapter adapters admin agent agents analytics api apis app application apps args
    auth backend base bench benchmark benchmarks bindings blueprints booking bot build builder cache calculator cart
    catalog cfg chat checker classes cleaner cli client clients cmd code collector command commands common component
    components conf config configs configuration conftest connection connectors const constant constants consumer
    context control controller controllers converter core crawler cron crud custom customer customers dao dashboard
    data database databases dataset datasets db decoder decorators def defs demo dependencies deps dev dispatcher
    domain domains downloader dto email emails encoder engine engines entities entity env environment error errors
    event events example examples exception exceptions exporter ext extension extensions extractor factories factory
    feature features fetcher file files filters fixtures flow formatter forms frontend func function functions game
    gateway general generated generator global globals gui handler handlers hasher helper helpers home hooks impl
    importer infra infrastructure init input inputs int integration interface interfaces internal inventory invoice
    invoices item items job jobs layer layers lib libraries libs listener loader loaders local log logger logging
    login logs mail mailer main manage managed management manager managers mapping metrics migrations misc mixins mock
    mocks model models module modules monitor my myapp mymodule mypackage myproject new node nodes notebook notebooks
    notification notifications notifier observer old ops orders output package packages page pages parser parsers
    payment payments permissions pipeline pipelines planner plugin plugins private processing processor prod products
    program project projects provider providers public publisher queries query reader repo report reports repositories
    repository request requests resource resources response route router routers routes rpc run runner sample samples
    scanner scheduler schema schemas scraper script scripts search sec security sender serializers server servers
    service services session sessions settings setup shared shipping shop signals simulator site sites snippets sql
    src stage state static storage store stores subscriber summary support system systems task tasks template
    templates test testapp testing tests thing things tmp tool tools tracker train trainer training types ui unit
    uploader user users util utilities utility utils validation validators value values vendor version view views web
    website worker workers wrapper writer wsgi your yourapp
    """.split()  # noqa: SIM905 - reads as text
)
"""Words of which the names of a project's own modules are made."""
